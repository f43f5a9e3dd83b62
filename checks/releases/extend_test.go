package releases

import (
	"errors"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

const further = `provenance: {minors: a letter of the vendor}
minors:
  - {minor: "1.40", patch: v1.40.2}
  - {minor: "1.127", patch: "1.127.0"}
regions:
  - {from: 1.40.0, names: [us-east-1, eu-south-2]}
required:
  - {name: NewSecretArn, from: 1.40.0, entry: panther}
parameters:
  - {name: NewSecretArn, from: 1.40.0, about: a secret}
`

func TestExtend(t *testing.T) {
	table, err := Extend("m.yml", []byte(further))
	if err != nil {
		t.Fatal(err)
	}
	m, err := table.Read()
	if err != nil {
		t.Fatal(err)
	}
	if patch, ok := m.Patch("1.40"); !ok || patch != "1.40.2" {
		t.Errorf("1.40 is %q", patch)
	}
	if patch, ok := m.Patch("1.31"); !ok || patch != "1.31.1" {
		t.Errorf("1.31 is %q", patch)
	}
	if last := m.Regions[len(m.Regions)-1]; last.From != "1.40.0" || len(last.Names) != 2 {
		t.Errorf("%+v", last)
	}
	data, err := table.Data()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(data["releases"].(map[string]any)["minors"].([]any)); n != len(m.Minors) {
		t.Errorf("the policies see %d minors, not %d", n, len(m.Minors))
	}
	if own, err := Read(); err != nil || len(own.Minors)+2 != len(m.Minors) {
		t.Errorf("the built-in matrix changed: %d %v", len(own.Minors), err)
	}
}

func TestExtendRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"[]":           "m.yml:1:1: a release matrix is a mapping",
		"minor: []":    "m.yml:1:1: minor: no key of a release matrix",
		"minors: {}":   "m.yml:1:9: minors: a list is expected",
		"minors: [1]":  "m.yml:1:10: minors[0]: an entry is a mapping",
		"minors: [{}]": "m.yml:1:10: minors[0]: minor is missing",
		"minors: [{minor: '1.40', patch: 1.40.0, x: 1}]":                                    "m.yml:1:41: minors[0].x: no key of an entry",
		"minors: [{minor: 1.40, patch: 1.40.0}]":                                            "in quotes",
		"minors: [{minor: '1.40.1', patch: 1.40.0}]":                                        "a minor is expected",
		"minors: [{minor: '1.31', patch: 1.31.9}]":                                          "1.31 does not follow 1.39",
		"minors: [{minor: '1.40', patch: 1.41.0}]":                                          "is not of 1.40",
		"minors: [{minor: '1.40', patch: next}]":                                            "is not a version",
		"minors: [{minor: '1.41', patch: 1.41.0}, {minor: '1.40', patch: 1.40.0}]":          "1.40 does not follow 1.41",
		"regions: [{from: 1.31.0, names: [us-east-1]}]":                                     "known to the built-in matrix",
		"regions: [{from: 1.40.0, names: []}]":                                              "a list of regions is expected",
		"regions: [{from: 1.40.0, names: [mars]}]":                                          "\"mars\" is no region",
		"regions: [{from: 1.41.0, names: [us-east-1]}, {from: 1.40.0, names: [us-east-1]}]": "1.40.0 does not follow 1.41.0",
		"required: [{name: A, from: 1.40.0, entry: both}]":                                  "panther or proxy",
		"required: [{name: 'a b', from: 1.40.0, entry: panther}]":                           "is no name of a parameter",
		"parameters: [{name: [], from: 1.40.0}]":                                            "a text is expected",
		"minors: [{minor: &a '1.40', patch: *a}]":                                           "m.yml:1:36",
		"minors: [\n": "m.yml:",
	} {
		_, err := Extend("m.yml", []byte(text))
		if err == nil || !errors.Is(err, yamldoc.ErrInput) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func FuzzExtend(f *testing.F) {
	f.Add(further)
	f.Add("minors: [{minor: '1.40'}]")
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Extend("m.yml", []byte(text))
		if err != nil {
			return
		}
		if _, err := table.Read(); err != nil {
			t.Errorf("%q is taken and cannot be read: %v", text, err)
		}
	})
}
