package tree

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform"
)

const leaf = "Resources:\n  T:\n    Type: AWS::SNS::Topic\n"

func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func nesting(url string) string {
	return "Resources:\n  S:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: " + url + "\n"
}

func names(r transform.Release) []string {
	var out []string
	for name := range r.Files {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func TestRead(t *testing.T) {
	source := write(t, map[string]string{"root.yml": nesting("sub/a.yml"), "sub/a.yml": nesting("../b.yml"), "b.yml": leaf, "unused.yml": leaf, "junk.yml": "not a template"})
	published := write(t, map[string]string{"v1.0.0/panther.yml": nesting("https://b.s3.us-east-1.amazonaws.com/abc"), "abc": leaf, "zip": "PK\x03\x04"})
	for _, c := range []struct {
		in, entry, wantEntry string
		layout               transform.Layout
		want                 string
	}{
		{source, "", "root.yml", transform.Source, "b.yml root.yml sub/a.yml"},
		{filepath.Join(source, "sub", "a.yml"), "", "a.yml", transform.Source, "a.yml"},
		{source, "unused.yml", "unused.yml", transform.Source, "unused.yml"},
		{published, "", "v1.0.0/panther.yml", transform.Published, "abc v1.0.0/panther.yml"},
	} {
		r, err := Read(t.Context(), c.in, c.entry)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(names(r), " "); r.Entry != c.wantEntry || r.Layout != c.layout || got != c.want {
			t.Errorf("%s: entry %s, layout %d, files %s", c.in, r.Entry, r.Layout, got)
		}
	}
	r, err := Read(t.Context(), published, "")
	if err != nil || !r.Present("zip") || r.Present("../x") || r.Present("/etc/passwd") || r.Present("none") {
		t.Error("a key is present when the folder holds it, and only then", err)
	}
}

func TestReadRefuses(t *testing.T) {
	two := write(t, map[string]string{"a.yml": leaf, "b.yml": leaf})
	for _, c := range []struct{ in, entry, want string }{
		{two, "", "name one with --entry"},
		{two, "../x.yml", "not below"},
		{two, "c.yml", "not exist"},
		{t.TempDir(), "", "holds no root.yml"},
		{filepath.Join(two, "absent"), "", "no such file"},
		{write(t, map[string]string{"root.yml": "a: [1"}), "", "root.yml:"},
	} {
		if _, err := Read(t.Context(), c.in, c.entry); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: %v, want %s", c.in, c.entry, err, c.want)
		}
	}
}

func TestWrite(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "out")
	r := &transform.Result{Templates: []transform.Template{{To: "v1/panther.yml", Body: []byte("a")}, {To: "k", Body: []byte("b")}}}
	for range 2 { // the second time over what the first wrote
		if err := Write(out, r); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(out, "v1", "panther.yml")); err != nil || string(text) != "a" {
		t.Error(string(text), err)
	}
	if list, err := os.ReadDir(filepath.Dir(out)); err != nil || len(list) != 1 {
		t.Errorf("left beside it: %v %v", list, err)
	}
}

func TestWriteNothing(t *testing.T) {
	for name, r := range map[string]*transform.Result{
		"error":  {Error: &transform.Error{Code: transform.EmptyTemplate}},
		"escape": {Templates: []transform.Template{{To: "a", Body: []byte("a")}, {To: "../evil", Body: []byte("a")}}},
	} {
		out := filepath.Join(t.TempDir(), "out")
		if err := Write(out, r); err == nil {
			t.Errorf("%s: no error", name)
		}
		if list, err := os.ReadDir(filepath.Dir(out)); err != nil || len(list) != 0 {
			t.Errorf("%s: written: %v %v", name, list, err)
		}
	}
}

func TestSamePlace(t *testing.T) {
	dir := write(t, map[string]string{"root.yml": leaf})
	if !SamePlace(dir, dir+"/.") || !SamePlace(filepath.Join(dir, "root.yml"), dir) || SamePlace(dir, filepath.Join(dir, "out")) {
		t.Error("the folder that is read is the one place not to write to")
	}
}

// What lies in the folder and is no file is refused by name, whether or not a
// template names it; what is hidden, and what lies beside a single file, is not.
func TestOnlyFiles(t *testing.T) {
	outside := write(t, map[string]string{"other.yml": leaf})
	for name, c := range map[string]struct {
		files map[string]string
		at    string
		make  func(string) error
		in    string
		want  string
	}{
		"a pipe that nothing names":    {map[string]string{"root.yml": leaf}, "stray.yml", pipe, "", "stray.yml"},
		"a pipe in a folder":           {map[string]string{"root.yml": leaf, "sub/a.yml": leaf}, "sub/b", pipe, "", "sub/b"},
		"the entry":                    {map[string]string{"x.txt": ""}, "root.yml", pipe, "", "root.yml"},
		"a link out":                   {map[string]string{"root.yml": leaf}, "a.yml", linkTo(filepath.Join(outside, "other.yml")), "", "a.yml: it leads out of the folder"},
		"a link out of the entry":      {map[string]string{"panther.yml": leaf}, "root.yml", linkTo(filepath.Join(outside, "other.yml")), "", "root.yml: it leads out of the folder"},
		"a link to a device":           {map[string]string{"root.yml": leaf}, "null.yml", linkTo("/dev/null"), "", "null.yml"},
		"a key of a release":           {map[string]string{"v1.0.0/panther.yml": nesting("https://b.s3.us-east-1.amazonaws.com/abc")}, "abc", pipe, "v1.0.0/panther.yml", ""},
		"a link inside":                {map[string]string{"root.yml": nesting("a.yml"), "b.yml": leaf}, "a.yml", linkTo("b.yml"), "", ""},
		"a link to nothing":            {map[string]string{"root.yml": leaf}, "a.yml", linkTo("gone.yml"), "", ""},
		"a hidden one":                 {map[string]string{"root.yml": leaf, ".git/x": ""}, ".git/socket", pipe, "", ""},
		"one beside a single file":     {map[string]string{"root.yml": leaf}, "stray.yml", pipe, "root.yml", ""},
		"one that a file nests":        {map[string]string{"root.yml": nesting("stray.yml")}, "stray.yml", pipe, "root.yml", "stray.yml"},
		"one that a file nests by key": {map[string]string{"root.yml": nesting("https://b.s3.us-east-1.amazonaws.com/stray")}, "stray", pipe, "root.yml", "stray"},
	} {
		dir := write(t, c.files)
		if err := c.make(filepath.Join(dir, filepath.FromSlash(c.at))); err != nil {
			t.Skip("no pipes or links here:", err)
		}
		_, err := Read(t.Context(), filepath.Join(dir, filepath.FromSlash(c.in)), "")
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, which does not name %s", name, err, c.want)
		}
	}
}

func linkTo(target string) func(string) error {
	return func(name string) error { return os.Symlink(target, name) }
}

// TestTemplatesBesideARelease reads those that import something, below a folder
// or beside a file, and nothing hidden.
func TestTemplatesBesideARelease(t *testing.T) {
	dir := write(t, map[string]string{
		"a.yml": "Resources: {A: {Type: AWS::SNS::Topic}}", "b.yml": "x: !ImportValue y", "c.yml": "x: y", "sub/d.json": `{"Fn::ImportValue": "y"}`,
		".git/e.yml": "x: !ImportValue y", "notes.txt": "ImportValue",
	})
	for in, want := range map[string]string{dir: "b.yml sub/d.json", filepath.Join(dir, "a.yml"): "b.yml"} {
		r, err := Read(t.Context(), in, "a.yml")
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(slices.Sorted(maps.Keys(r.Beside)), " "); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
