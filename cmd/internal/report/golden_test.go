package report_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// drawn are the ways to draw a report that differ from one another.
var drawn = map[string]struct {
	format  string
	options report.Options
}{
	"text-60.txt":        {"text", report.Options{Width: 60}},
	"text-60-color.txt":  {"text", report.Options{Width: 60, Color: true}},
	"text-120.txt":       {"text", report.Options{Width: 120}},
	"text-120-color.txt": {"text", report.Options{Width: 120, Color: true}},
	"short.txt":          {"short", report.Options{Width: 60}},
	"short-color.txt":    {"short", report.Options{Width: 120, Color: true}},
	"report.json":        {"json", report.Options{}},
	"report.sarif":       {"sarif", report.Options{Repository: repository{}}},
	"junit.xml":          {"junit", report.Options{}},
	"gitlab.json":        {"gitlab", report.Options{Repository: repository{}}},
	"github.txt":         {"github", report.Options{Repository: repository{}}},
	"report.md":          {"markdown", report.Options{}},
	"report.html":        {"html", report.Options{Details: details()}},
}

func TestGolden(t *testing.T) {
	for file, c := range drawn {
		t.Run(file, func(t *testing.T) { golden(t, file, render(t, c.format, c.options)) })
	}
}

func render(t *testing.T, name string, o report.Options) []byte {
	t.Helper()
	format, err := report.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := format(&b, everything(), o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n")); !bytes.Equal(got, want) {
		t.Errorf("%s differs; run `go test ./cmd/internal/report -update` and look at the change.\n%s", file, got)
	}
}

func TestEveryFormatHasAGolden(t *testing.T) {
	has := map[string]bool{}
	for _, c := range drawn {
		has[c.format] = true
	}
	for _, name := range report.Names() {
		if !has[name] {
			t.Errorf("no golden report is drawn in the format %s", name)
		}
	}
}

// repository is one in which the templates lie in a folder of their own, and
// log_analysis.yml does not lie at all.
type repository struct{}

func (repository) Path(file string) (string, bool) {
	if file == "params.json" {
		return "deploy/prod, eu/params.json", true
	}
	return "templates/" + file, file != "" && file != "log_analysis.yml"
}

func (repository) Anchor() string { return "deploy/prod, eu/params.json" }
