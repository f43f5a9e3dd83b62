package session

import (
	"runtime/debug"
	"strings"
)

// version, commit and date are set by the release build.
var version, commit, date = "", "", ""

// Version is the version of this program: that of the release build, else that
// of the module it was installed from, else dev.
func Version() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}

// VersionLine is the version with the commit that it was built from and its
// date, as far as the build knows them.
func VersionLine() string {
	built, on := commit, date
	if info, ok := debug.ReadBuildInfo(); ok && built == "" {
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				built = s.Value
			case "vcs.time":
				on = s.Value
			}
		}
	}
	parts := []string{Version()}
	if built != "" {
		parts = append(parts, "commit "+built)
	}
	if on != "" {
		parts = append(parts, on)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts[0] + " (" + strings.Join(parts[1:], ", ") + ")"
}
