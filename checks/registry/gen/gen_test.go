package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// installation is a small cfn-lint: two types, a region that copies the home
// region and one with another form.
func installation(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"version.py":                           "__version__ = \"1.2.3\"\n",
		"schema/_getatts.py":                   "_all_property_types = [\n    \"AWS::X::B\",\n]\n_exceptions = {\n    \"AWS::X::A\": [\n        \"Name\",\n    ],\n}\n",
		"data/schemas/providers/us_east_1.py":  "types = {\n    \"AWS::X::A\": \"aa\",\n    \"AWS::X::B\": \"bb\",\n    \"Module\": \"cc\",\n}\n",
		"data/schemas/providers/us_iso.py":     "types = {\n    \"AWS::X::A\": \"aa\",\n    \"AWS::X::B\": \"bb\",\n    \"Module\": \"cc\",\n}\n",
		"data/schemas/providers/cn_north_1.py": "types = {\n    \"AWS::X::A\": \"ab\",\n}\n",
		"data/schemas/resources/aa.json": `{"typeName":"AWS::X::A","description":"d","title":"t","definitions":{"D":{"type":"string"},"Unused":{"type":"string"}},
			"properties":{"Name":{"$ref":"#/definitions/D"},"Arn":{"type":"string"},"Old":{"type":"integer"},"Copy":{"$ref":"#/properties/Arn"}},
			"readOnlyProperties":["/properties/Arn"],"createOnlyProperties":["/properties/Name/*/X"],"dependencies":{"Old":["Name"]},
			"tagging":{"taggable":true,"tagProperty":"/properties/Tags","permissions":["x:Tag"]},"additionalProperties":false}`,
		"data/schemas/resources/ab.json": `{"typeName":"AWS::X::A","definitions":{"D":{"type":"string","maxLength":3}},
			"properties":{"Name":{"$ref":"#/definitions/D"},"Arn":{"type":"string"},"Copy":{"$ref":"#/properties/Arn"}},
			"readOnlyProperties":["/properties/Arn"],"createOnlyProperties":["/properties/Name/*/X"],"dependencies":{"Old":["Name"]},
			"tagging":{"taggable":true,"tagProperty":"/properties/Tags"},"additionalProperties":false}`,
		"data/schemas/resources/bb.json":                             `{"typeName":"AWS::X::B","taggable":false,"properties":{"P":{"$ref":"#/definitions/D"}},"definitions":{"D":{"type":"string"}}}`,
		"data/schemas/patches/extensions/all/aws_x_a/smithy.json":    `[{"op":"add","path":"/properties/Gone/enum","value":["a"]},{"op":"add","path":"/properties/Old/minimum","value":1}]`,
		"data/schemas/patches/extensions/all/aws_x_b/conflict.json":  `[{"op":"test","path":"/properties/P/type","value":"array"},{"op":"add","path":"/properties/P/enum","value":["a"]}]`,
		"data/schemas/patches/providers/all/aws_x_a/not_a_rule.json": `[{"op":"add","path":"/properties/Invented","value":{}}]`,
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func generate(t *testing.T, dir string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "data.zip")
	if err := run(dir, out); err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return packed
}

func entries(t *testing.T, packed []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range r.File {
		e, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(e)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestRun(t *testing.T) {
	dir := installation(t)
	packed := generate(t, dir)
	if !bytes.Equal(packed, generate(t, dir)) {
		t.Error("the same input gives other bytes")
	}
	got := entries(t, packed)
	for name, want := range map[string]string{
		"provenance": "resource provider schemas: cfn-lint 1.2.3 (MIT-0)\n",
		"index":      "cn-north-1 us-east-1\nAWS::X::A\t3\nAWS::X::B\t2\n",
		"AWS::X": strings.Join([]string{
			`=D	{"type":"string"}`,
			`A	{"additionalProperties":false,"attributes":["Name"],"createOnlyProperties":["Name.X"],"dependentRequired":{"Old":["Name"]},` +
				`"properties":{"Arn":{"type":"string"},"Copy":{"type":"string"},"Name":{"$ref":"D"},"Old":{"minimum":1,"type":"integer"}},` +
				`"readOnlyProperties":["Arn"],"tagging":{"tagProperty":"Tags","taggable":true}}`,
			`	1	{"definitions":{"D":{"maxLength":3,"type":"string"}},"properties":{"Old":null}}`,
			`B	{"everyPropertyIsAttribute":true,"properties":{"P":{"$ref":"D"}},"tagging":{"taggable":false}}`,
			"",
		}, "\n"),
	} {
		if got[name] != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got[name], want)
		}
	}
}

func TestBadInput(t *testing.T) {
	for name, change := range map[string]string{
		"version.py":                          "",
		"schema/_getatts.py":                  "",
		"data/schemas/providers/us_east_1.py": "",
		"data/schemas/resources/aa.json":      `{"properties":{"A":{"$ref":"#/definitions/Missing"}}}`,
		"data/schemas/resources/bb.json":      `{`,
	} {
		dir := installation(t)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(change), 0o600); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(t.TempDir(), "data.zip")
		if err := run(dir, out); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: a file was written", name)
		}
	}
}

// The embedded archive is what the installed tool gives.
func TestEmbeddedDataIsCurrent(t *testing.T) {
	found, err := exec.Command("python3", "-c", "import cfnlint, os; print(os.path.dirname(cfnlint.__file__))").Output()
	if err != nil {
		t.Skip("cfn-lint is not installed here, so that the embedded data is not held against it")
	}
	packed, err := os.ReadFile(filepath.Join("..", "data.zip"))
	if err != nil {
		t.Fatal(err)
	}
	embedded := entries(t, packed)
	dir := strings.TrimSpace(string(found))
	s, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, version, _ := strings.Cut(embedded["provenance"], "cfn-lint "); older(s.version, version) {
		t.Skipf("cfn-lint %s is installed, which is older than what the embedded data was made of: %s", s.version, version)
	}
	current := entries(t, generate(t, dir))
	if len(current) != len(embedded) {
		t.Errorf("%d entries, embedded are %d: run make data", len(current), len(embedded))
	}
	for name, text := range current {
		if embedded[name] != text {
			t.Errorf("%s is stale: run make data", name)
		}
	}
}

// older compares versions such as 1.51.0, and what follows them.
func older(a, b string) bool {
	numbers := func(version string) (out []int) {
		version, _, _ = strings.Cut(version, " ")
		for part := range strings.SplitSeq(version, ".") {
			n, _ := strconv.Atoi(part)
			out = append(out, n)
		}
		return out
	}
	return slices.Compare(numbers(a), numbers(b)) < 0
}

func TestOlder(t *testing.T) {
	if !older("1.9.3", "1.51.0 (MIT)") || older("1.51.0", "1.51.0 (MIT)") || older("2.0", "1.51.0") {
		t.Error("versions are compared as text")
	}
}
