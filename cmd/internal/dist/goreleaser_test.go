package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestGoreleaserPublishesTheSameZips expands the names that goreleaser would
// give, each with the program in it.
func TestGoreleaserPublishesTheSameZips(t *testing.T) {
	text, err := os.ReadFile("../../../.goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Builds []struct {
			ID, Binary   string
			Goos, Goarch []string
			Ignore       []struct{ Goos, Goarch string }
		}
		Archives []struct {
			IDs  []string `yaml:"ids"`
			Name string   `yaml:"name_template"`
		}
	}
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range config.Builds {
		for _, a := range config.Archives {
			if !slices.Contains(a.IDs, b.ID) {
				continue
			}
			for _, os := range b.Goos {
				for _, arch := range b.Goarch {
					if !slices.Contains(b.Ignore, struct{ Goos, Goarch string }{os, arch}) {
						named := strings.NewReplacer("{{ .Os }}", os, "{{ .Arch }}", arch)
						got = append(got, named.Replace(a.Name)+".zip "+named.Replace(b.Binary))
					}
				}
			}
		}
	}
	var want []string
	for _, prog := range programs {
		for _, p := range platforms {
			want = append(want, prog.zipPrefix+p.String()+".zip "+prog.name+"-"+p.String())
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("goreleaser: %q\nmake dist: %q", got, want)
	}
}
