package transform

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// aCase is one example: templates, what to do, and what must come out. The
// format is that of the manifest beside the examples.
type aCase struct {
	ID             string             `json:"id"`
	Inputs         []string           `json:"inputs"`
	Expected       map[string]*string `json:"expected"`
	Region         string             `json:"region"`
	Remove         []string           `json:"remove"`
	ExpectErrors   []string           `json:"expectErrors"`
	ExpectFindings []string           `json:"expectFindings"`
	ExpectWarnings []string           `json:"expectWarnings"`
	Compare        string             `json:"compare"`
	Options        struct {
		SourceBuckets []string `json:"sourceBuckets"`
		Bucket        string   `json:"chinaBucket"`
		Region        string   `json:"chinaRegion"`
		KeyPrefix     string   `json:"keyPrefix"`
		ECRRegistry   string   `json:"ecrRegistry"`
		LostEnv       string   `json:"lostEnv"`
		Strict        bool     `json:"strict"`
	} `json:"options"`
}

func TestCases(t *testing.T) { runCases(t, "testdata/cases") }

func TestSharedCases(t *testing.T) {
	dir := filepath.Join("..", "..", "shared", "cases", "china")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the shared cases are not here:", err)
	}
	runCases(t, dir)
}

func runCases(t *testing.T, dir string) {
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest map[string][]aCase
	if err := json.Unmarshal(text, &manifest); err != nil {
		t.Fatal(err)
	}
	for _, group := range manifest {
		for _, c := range group {
			t.Run(c.ID, func(t *testing.T) { c.run(t, dir) })
		}
	}
}

func (c aCase) run(t *testing.T, dir string) {
	files := map[string][]byte{}
	for _, name := range c.Inputs {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = text
	}
	region := c.Region
	if region == "" {
		region = c.Options.Region
	}
	bucket := c.Options.Bucket
	if bucket == "" {
		bucket = "acme-panther"
	}
	result, err := Run(plan.Release{Entry: c.Inputs[0], Files: files}, plan.Options{Region: region, Bucket: bucket, Ruleset: "none", Remove: c.Remove,
		SourceBuckets: c.Options.SourceBuckets, KeyPrefix: c.Options.KeyPrefix, ECRRegistry: c.Options.ECRRegistry, LostEnv: c.Options.LostEnv, Strict: c.Options.Strict})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.ExpectErrors) > 0 {
		if result.Error == nil || string(result.Error.Code) != c.ExpectErrors[0] || len(result.Templates) > 0 {
			t.Fatalf("error %v with %d templates, want %v", result.Error, len(result.Templates), c.ExpectErrors)
		}
		return
	}
	if result.Error != nil {
		t.Fatal(result.Error)
	}
	c.compare(t, dir, result)
}

func (c aCase) compare(t *testing.T, dir string, result *plan.Result) {
	got := map[string][]byte{}
	for _, out := range result.Templates {
		got[out.To] = out.Body
	}
	for name, want := range c.Expected {
		if want == nil {
			if _, there := got[name]; there {
				t.Errorf("%s is in the output", name)
			}
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, *want))
		if err != nil {
			t.Fatal(err)
		}
		if c.Compare == "bytes" && string(got[name]) != string(text) {
			t.Errorf("%s:\n--- got\n%s\n--- want\n%s", name, got[name], text)
		} else if c.Compare != "bytes" && meaning(t, got[name]) != meaning(t, text) {
			t.Errorf("%s:\n--- got\n%s\n--- want\n%s", name, got[name], text)
		}
	}
	for _, want := range c.ExpectFindings {
		found := false
		for _, f := range result.Findings {
			found = found || f.Rule+":"+f.LogicalID == want || f.Rule == want
		}
		if !found {
			t.Errorf("no finding %s in %+v", want, result.Findings)
		}
	}
	for _, want := range c.ExpectWarnings {
		found := false
		for _, w := range result.Warnings {
			found = found || w.Rule == want
		}
		if !found {
			t.Errorf("no warning %s in %+v", want, result.Warnings)
		}
	}
}

// meaning is a template with functions in long form, maps in order of keys and
// scalars as written.
func meaning(t *testing.T, text []byte) string {
	t.Helper()
	doc, err := yamldoc.Parse("f", text)
	if err != nil {
		t.Fatal(err, string(text))
	}
	out, err := json.MarshalIndent(normal(doc.Root), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func normal(n *yaml.Node) any {
	if n.Style&yaml.TaggedStyle != 0 && strings.HasPrefix(n.Tag, "!") {
		name := cfn.Value(n, cfn.InResource).Func
		bare := *n
		bare.Style &^= yaml.TaggedStyle
		bare.Tag = ""
		return map[string]any{name: argument(name, normal(&bare))}
	}
	switch n.Kind {
	case yaml.AliasNode:
		return normal(n.Alias)
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = argument(n.Content[i].Value, normal(n.Content[i+1]))
		}
		return m
	case yaml.SequenceNode:
		l := []any{}
		for _, c := range n.Content {
			l = append(l, normal(c))
		}
		return l
	}
	return n.Value
}

func argument(name string, v any) any {
	if text, ok := v.(string); ok && name == "Fn::GetAtt" {
		id, attr, _ := strings.Cut(text, ".")
		return []any{id, attr}
	}
	return v
}
