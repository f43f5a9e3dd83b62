package session

import "runtime/debug"

// version is set by the release build.
var version = ""

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
