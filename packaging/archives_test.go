package packaging_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestTheReleaseIsComplete compares what is published with what the documents
// promise, by the one file that names and signs it all.
func TestTheReleaseIsComplete(t *testing.T) {
	r := snapshot(t)
	text, err := os.ReadFile(filepath.Join(r.dist, "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		content, err := os.ReadFile(filepath.Join(r.dist, name))
		if digest := sha256.Sum256(content); err != nil || sum != hex.EncodeToString(digest[:]) {
			t.Errorf("%s: the checksum is not that of the file, %v", name, err)
		}
		got = append(got, name)
	}
	var want []string
	version := r.version(t)
	for _, platform := range []string{"darwin_amd64", "darwin_arm64", "linux_amd64", "linux_arm64", "linux_arm", "windows_amd64", "windows_arm64"} {
		kind := ".tar.gz"
		if strings.HasPrefix(platform, "windows") {
			kind = ".zip"
		}
		want = append(want, "panther-preflight_"+version+"_"+platform+kind)
	}
	for _, platform := range []string{"darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm", "linux-arm64", "windows-amd64", "windows-arm", "windows-arm64"} {
		want = append(want, platform+".zip", "panther-preflight-"+platform+".zip")
	}
	for _, arch := range []string{"amd64", "arm64", "arm"} {
		want = append(want, "panther-preflight-linux-"+arch+".deb", "panther-preflight-linux-"+arch+".rpm")
	}
	if hasSyft() {
		for _, name := range slices.Clone(want) {
			want = append(want, name+".spdx.json")
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("published: %q\nwant: %q", got, want)
	}
}

// version is that of the snapshot, as names of files have it.
func (r *release) version(t *testing.T) string {
	t.Helper()
	name := filepath.Base(r.find(t, "the archive of this machine", r.archive))
	version, _, _ := strings.Cut(strings.TrimPrefix(name, "panther-preflight_"), "_")
	return version
}

// archive tells the one with both programs for this machine.
func (r *release) archive(a artifact) bool {
	return a.Type == "Archive" && a.Extra.ID == "both" && a.Goos == "linux" && a.Goarch == runtime.GOARCH
}

// TestTheArchiveRuns unpacks the archive as a reader does, and runs both programs.
func TestTheArchiveRuns(t *testing.T) {
	r := snapshot(t)
	file, err := os.Open(r.find(t, "the archive of this machine", r.archive))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked := t.TempDir()
	if names := unpack(t, file, unpacked); !slices.Equal(names, []string{"LICENSE", "README.md", "panther-preflight", "releasecopy"}) {
		t.Errorf("the archive has %q", names)
	}
	runs(t, r, filepath.Join(unpacked, "panther-preflight"), filepath.Join(unpacked, "releasecopy"), nil)
}

// TestTheZipsRun unpacks the two that name the platform.
func TestTheZipsRun(t *testing.T) {
	r := snapshot(t)
	unpacked := map[string]string{}
	for _, program := range []string{"panther-preflight", "releasecopy"} {
		path := r.find(t, program, func(a artifact) bool {
			return a.Type == "Archive" && a.Extra.ID == program && a.Goos == "linux" && a.Goarch == runtime.GOARCH
		})
		z, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		if want := program + "-linux-" + runtime.GOARCH; len(z.File) != 1 || z.File[0].Name != want || z.File[0].Mode() != 0o755 {
			t.Fatalf("%s has %v; want %s", path, z.File, want)
		}
		from, err := z.File[0].Open()
		if err != nil {
			t.Fatal(err)
		}
		unpacked[program] = filepath.Join(t.TempDir(), program)
		save(t, from, unpacked[program], 0o755)
	}
	runs(t, r, unpacked["panther-preflight"], unpacked["releasecopy"], nil)
}

// runs runs both programs, in a changed root where prepare makes one. They need
// no library, so that they run on any distribution.
func runs(t *testing.T, r *release, preflight, copier string, prepare func(*exec.Cmd)) {
	t.Helper()
	command := func(name string, args ...string) (int, string) {
		cmd := exec.Command(name, args...)
		if prepare != nil {
			prepare(cmd)
		}
		return run(t, cmd)
	}
	if code, out := command(preflight, "version"); code != 0 || !strings.Contains(out, r.version(t)) {
		t.Errorf("version: exit %d: %s", code, out)
	}
	if code, out := command(preflight, "check", "--example", "--format", "short"); code != 1 || !strings.Contains(out, "BLOCKED") {
		t.Errorf("check --example: exit %d: %s", code, out)
	}
	if code, out := command(copier, "--help"); code != 0 || !strings.Contains(out, "releasecopy") {
		t.Errorf("releasecopy: exit %d: %s", code, out)
	}
	if prepare != nil {
		return
	}
	for _, name := range []string{preflight, copier} {
		program, err := elf.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if libraries, err := program.ImportedLibraries(); err != nil || len(libraries) > 0 {
			t.Errorf("%s needs %q, %v", name, libraries, err)
		}
		program.Close()
	}
}

// unpack unpacks a compressed archive and names the files in it.
func unpack(t *testing.T, from io.Reader, to string) []string {
	t.Helper()
	content, err := gzip.NewReader(from)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for archive := tar.NewReader(content); ; {
		entry, err := archive.Next()
		if errors.Is(err, io.EOF) {
			slices.Sort(names)
			return names
		}
		if err != nil {
			t.Fatal(err)
		}
		if name := filepath.Join(to, entry.Name); entry.Typeflag == tar.TypeDir {
			err = os.MkdirAll(name, entry.FileInfo().Mode())
		} else {
			err = os.MkdirAll(filepath.Dir(name), 0o755)
			save(t, archive, name, entry.FileInfo().Mode())
			names = append(names, entry.Name)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func save(t *testing.T, from io.Reader, name string, mode os.FileMode) {
	t.Helper()
	var content bytes.Buffer
	if _, err := content.ReadFrom(from); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, content.Bytes(), mode); err != nil {
		t.Fatal(err)
	}
}
