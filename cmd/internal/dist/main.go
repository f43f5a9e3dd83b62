// Command dist builds the programs for every platform and packs them in the
// zips that users download. Building it twice gives the same bytes: no path, no
// time and no machine is in them.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// platform is one of the names under which programs are published. Go has no
// 32-bit port for Windows on ARM any more, and every such machine runs arm64
// programs, so windows-arm is built as arm64.
type platform struct{ os, arch, goarch string }

var platforms = []platform{
	{"darwin", "amd64", "amd64"}, {"darwin", "arm64", "arm64"},
	{"linux", "amd64", "amd64"}, {"linux", "arm64", "arm64"}, {"linux", "arm", "arm"},
	{"windows", "amd64", "amd64"}, {"windows", "arm64", "arm64"}, {"windows", "arm", "arm64"},
}

func (p platform) String() string { return p.os + "-" + p.arch }

// program is a command and the name of the zip that holds it. The documents on
// AWS China name the zips of releasecopy after the platform alone.
type program struct{ name, zipPrefix string }

var programs = []program{{"releasecopy", ""}, {"panther-preflight", "panther-preflight-"}}

func main() {
	out := flag.String("o", "dist", "folder to write")
	version := flag.String("version", "", "version that the programs report")
	only := flag.String("only", "", "one platform, such as linux-amd64")
	flag.Parse()
	if err := run(*out, *version, *only); err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

func run(out, version, only string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	var zips []string
	for _, p := range platforms {
		if only != "" && only != p.String() {
			continue
		}
		for _, prog := range programs {
			zip := prog.zipPrefix + p.String() + ".zip"
			if err := publish(filepath.Join(out, zip), prog, p, version); err != nil {
				return fmt.Errorf("%s: %w", zip, err)
			}
			zips = append(zips, zip)
		}
	}
	if len(zips) == 0 {
		return fmt.Errorf("%q is none of the platforms %v", only, platforms)
	}
	return writeChecksums(out, zips)
}

func publish(zip string, prog program, p platform, version string) error {
	temp, err := os.MkdirTemp("", "dist")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	name := prog.name + "-" + p.String()
	if p.os == "windows" {
		name += ".exe"
	}
	binary := filepath.Join(temp, name)
	flags := "-s -w -buildid= -X github.com/panther-preflight/panther-preflight/cmd/internal/cli.version=" + strings.TrimPrefix(version, "v")
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", flags, "-o", binary, "./cmd/"+prog.name)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+p.os, "GOARCH="+p.goarch, "GOARM=6")
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w: %s", name, err, text)
	}
	return pack(zip, binary)
}
