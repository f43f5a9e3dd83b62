package packaging_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	spdx "github.com/spdx/tools-golang/json"
	"github.com/spdx/tools-golang/spdxlib"
)

// TestTheSBOMsAreSPDX reads every list of parts with the library of the SPDX
// project. Those of programs that were compiled name the modules of go.mod.
func TestTheSBOMsAreSPDX(t *testing.T) {
	r := snapshot(t)
	needed(t, "syft")
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Path}} {{.Version}}", "github.com/aws/aws-sdk-go-v2", "github.com/open-policy-agent/opa").Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := strings.Split(strings.TrimSpace(string(out)), "\n")
	documents := 0
	for _, a := range r.artifacts {
		if a.Type != "SBOM" {
			continue
		}
		documents++
		file, err := os.Open(a.Path)
		if err != nil {
			t.Fatal(err)
		}
		document, err := spdx.Read(file)
		file.Close()
		if err != nil {
			t.Errorf("%s: %v", a.Name, err)
			continue
		}
		if err := spdxlib.ValidateDocument(document); err != nil || document.SPDXVersion != "SPDX-2.3" {
			t.Errorf("%s: %s, %v", a.Name, document.SPDXVersion, err)
		}
		if a.Goos != "linux" || a.Goarch != runtime.GOARCH {
			continue
		}
		var parts []string
		for _, p := range document.Packages {
			parts = append(parts, p.PackageName+" "+p.PackageVersion)
		}
		for _, module := range modules {
			if !slices.Contains(parts, module) && !strings.HasPrefix(a.Name, "linux-") { // releasecopy needs no OPA
				t.Errorf("%s does not name %s among %d parts", a.Name, module, len(parts))
			}
		}
	}
	if documents != 29 {
		t.Errorf("%d documents", documents)
	}
}

// sums are the checksums of a release by the name of the file.
func (r *release) sums(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.dist, "checksums.txt"))
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		sums[name] = sum
	}
	return sums
}

const downloads = "https://github.com/panther-preflight/panther-preflight/releases/download/"

// TestTheHomebrewCaskNamesWhatIsPublished takes the address and the checksum of
// every platform, and the programs that are linked.
func TestTheHomebrewCaskNamesWhatIsPublished(t *testing.T) {
	r := snapshot(t)
	text, err := os.ReadFile(filepath.Join(r.dist, "homebrew", "Casks", "panther-preflight.rb"))
	if err != nil {
		t.Fatal(err)
	}
	cask, sums, found := string(text), r.sums(t), 0
	version := r.version(t)
	for _, m := range regexp.MustCompile(`sha256 "([0-9a-f]{64})"\s+url "([^"]+)"`).FindAllStringSubmatch(cask, -1) {
		name := strings.ReplaceAll(m[2][strings.LastIndex(m[2], "/")+1:], "#{version}", version)
		if found++; !strings.HasPrefix(m[2], downloads) || sums[name] != m[1] {
			t.Errorf("%s with %s; the file has %s", m[2], m[1], sums[name])
		}
	}
	if found < 4 {
		t.Errorf("%d addresses in %s", found, cask)
	}
	for _, want := range []string{`binary "panther-preflight"`, `binary "releasecopy"`, "com.apple.quarantine"} {
		if !strings.Contains(cask, want) {
			t.Errorf("%s is missing in %s", want, cask)
		}
	}
}

// TestTheREADMEInstallsWhatIsPublished takes the addresses of its first screen.
func TestTheREADMEInstallsWhatIsPublished(t *testing.T) {
	sums := snapshot(t).sums(t)
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	addresses := regexp.MustCompile(`panther-preflight/releases/latest/download/(\S+)`).FindAllStringSubmatch(string(text), -1)
	for _, m := range addresses {
		if sums[m[1]] == "" {
			t.Errorf("%s is not published", m[1])
		}
	}
	if len(addresses) < 2 {
		t.Errorf("%d addresses", len(addresses))
	}
}

// TestTheScoopManifestNamesWhatIsPublished does the same for Windows.
func TestTheScoopManifestNamesWhatIsPublished(t *testing.T) {
	r := snapshot(t)
	text, err := os.ReadFile(filepath.Join(r.dist, "scoop", "panther-preflight.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		License      string
		Architecture map[string]struct {
			URL, Hash string
			Bin       []string
		}
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	sums := r.sums(t)
	for _, arch := range []string{"64bit", "arm64"} {
		a := manifest.Architecture[arch]
		slices.Sort(a.Bin)
		if !strings.HasPrefix(a.URL, downloads) || a.Hash == "" || sums[filepath.Base(a.URL)] != a.Hash || !slices.Equal(a.Bin, []string{"panther-preflight.exe", "releasecopy.exe"}) {
			t.Errorf("%s: %+v", arch, a)
		}
	}
	if manifest.License != "Apache-2.0" {
		t.Errorf("%s", text)
	}
}
