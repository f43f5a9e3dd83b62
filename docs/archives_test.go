package docs_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// platforms are those that zips are published for. The documents on
// AWS China name those of releasecopy after the platform alone.
var platforms = []string{
	"darwin-amd64", "darwin-arm64", "linux-amd64", "linux-arm", "linux-arm64", "windows-amd64", "windows-arm", "windows-arm64",
}

type releaserConfig struct {
	Builds []struct {
		ID, Binary, Main string
		Goos, Goarch     []string
		Ignore           []struct{ Goos, Goarch string }
	}
	Archives []struct {
		ID   string
		IDs  []string `yaml:"ids"`
		Name string   `yaml:"name_template"`
	}
}

// TestTheDocumentedZipsArePublished expands the names that goreleaser gives,
// each with the program in it and the command that it is built of.
func TestTheDocumentedZipsArePublished(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var config releaserConfig
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	got := config.zips()
	var want []string
	for _, p := range platforms {
		want = append(want, p+".zip releasecopy-"+p+" ./cmd/releasecopy", "panther-preflight-"+p+".zip panther-preflight-"+p+" ./cmd/panther-preflight")
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("goreleaser: %q\nwant: %q", got, want)
	}
}

// zips are the archives with the program in each and the command it is built of.
func (c releaserConfig) zips() []string {
	var zips []string
	for _, b := range c.Builds {
		for _, a := range c.Archives {
			if !slices.Contains(a.IDs, b.ID) || a.ID == "both" { // that one names its version, and has a test of its own
				continue
			}
			for _, system := range b.Goos {
				for _, arch := range b.Goarch {
					if !slices.Contains(b.Ignore, struct{ Goos, Goarch string }{system, arch}) {
						named := strings.NewReplacer("{{ .Os }}", system, "{{ .Arch }}", arch)
						zips = append(zips, named.Replace(a.Name)+".zip "+named.Replace(b.Binary)+" "+b.Main)
					}
				}
			}
		}
	}
	slices.Sort(zips)
	return zips
}
