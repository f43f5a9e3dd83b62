package transform

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// A marked case is a release with its expected result written into it. A line
// that ends in #- goes, one with #> becomes what follows, one with #+ comes in.
//
//	=== name key=value …     remove, lost-env, prefix, ecr, region, bucket; error, finding, warning; bytes
//	--- file [gone]          the first is the entry; without any, one root.yml
type marked struct {
	name   string
	says   map[string]string
	files  []string
	before map[string][]string
	after  map[string][]string
	gone   map[string]bool
}

var became = regexp.MustCompile(`^(\s*)(.*?) #> (.*)$`)

func readMarked(text string) []*marked {
	var cases []*marked
	var c *marked
	file := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		head := strings.Fields(line)
		switch {
		case strings.HasPrefix(line, "=== "):
			c = &marked{name: head[1], says: map[string]string{}, before: map[string][]string{}, after: map[string][]string{}, gone: map[string]bool{}}
			for _, word := range head[2:] {
				key, value, _ := strings.Cut(word, "=")
				c.says[key] = value
			}
			cases, file = append(cases, c), "root.yml"
		case c == nil:
		case strings.HasPrefix(line, "--- "):
			file = head[1]
			c.gone[file] = len(head) > 2
			c.files = append(c.files, file)
		default:
			c.line(file, line)
		}
	}
	return cases
}

func (c *marked) line(file, line string) {
	if len(c.files) == 0 {
		c.files = []string{file}
	}
	before, after := strings.CutSuffix(line, " #-")
	if after {
		c.before[file] = append(c.before[file], before)
		return
	}
	if added, ok := strings.CutSuffix(line, " #+"); ok {
		c.after[file] = append(c.after[file], added)
		return
	}
	if m := became.FindStringSubmatch(line); m != nil {
		c.before[file] = append(c.before[file], m[1]+m[2])
		c.after[file] = append(c.after[file], m[1]+m[3])
		return
	}
	c.before[file], c.after[file] = append(c.before[file], line), append(c.after[file], line)
}

func (c *marked) text(lines []string) []byte {
	end := "\n"
	if c.says["bytes"] == "crlf" {
		end = "\r\n"
	}
	return []byte(strings.TrimRight(strings.Join(lines, end), "\r\n") + end)
}

func TestMarkedCases(t *testing.T) {
	files, err := filepath.Glob("testdata/marked/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range readMarked(string(text)) {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txt")+"/"+c.name, c.run)
		}
	}
}

func (c *marked) run(t *testing.T) {
	options := plan.Options{Region: or(c.says["region"], "cn-north-1"), Bucket: or(c.says["bucket"], "acme-panther"), Ruleset: or(c.says["ruleset"], "none"),
		KeyPrefix: c.says["prefix"], ECRRegistry: c.says["ecr"], LostEnv: c.says["lost-env"]}
	if subject := c.says["remove"]; subject != "" {
		options.Remove = []string{subject}
	}
	release := plan.Release{Entry: c.files[0], Files: map[string][]byte{}}
	for _, file := range c.files {
		release.Files[file] = c.text(c.before[file])
	}
	r, err := Run(release, options)
	if err != nil {
		t.Fatal(err)
	}
	if want := c.says["error"]; want != "" || r.Error != nil {
		if r.Error == nil || string(r.Error.Code) != want || len(r.Templates) > 0 || r.Error.Message == "" || r.Error.Fix == "" {
			t.Fatalf("error %v with %d templates, want %q", r.Error, len(r.Templates), want)
		}
		return
	}
	got := map[string][]byte{}
	for _, out := range r.Templates {
		got[out.To] = out.Body
	}
	for _, file := range c.files {
		c.compare(t, file, got[file])
	}
	c.mentions(t, r)
}

func (c *marked) compare(t *testing.T, file string, got []byte) {
	want := c.text(c.after[file])
	_, exact := c.says["bytes"]
	switch {
	case c.gone[file]:
		if got != nil {
			t.Errorf("%s is in the output:\n%s", file, got)
		}
	case got == nil:
		t.Errorf("%s is not in the output", file)
	case exact && string(got) != string(want), !exact && meaning(t, got) != meaning(t, want):
		t.Errorf("%s:\n--- got\n%s\n--- want\n%s", file, got, want)
	}
}

func (c *marked) mentions(t *testing.T, r *plan.Result) {
	rules := map[string]bool{}
	for _, f := range r.Findings {
		rules["finding "+f.Rule] = true
	}
	for _, w := range r.Warnings {
		rules["warning "+w.Rule] = true
	}
	for _, kind := range []string{"finding", "warning"} {
		if want := c.says[kind]; want != "" && !rules[kind+" "+want] {
			t.Errorf("no %s %s in %v", kind, want, rules)
		}
	}
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
