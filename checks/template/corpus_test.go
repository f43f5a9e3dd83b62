package template

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const shared = "../../../shared"

// corpus returns a folder of real templates, or skips the test.
func corpus(t testing.TB, elem ...string) string {
	t.Helper()
	dir := filepath.Join(append([]string{shared}, elem...)...)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus of real templates is not here")
	}
	return dir
}

func open(t testing.TB, path string, o Options) *Tree {
	t.Helper()
	source, entry, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := Load(context.Background(), source, entry, o)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func release(t testing.TB) *Tree {
	t.Helper()
	return open(t, corpus(t, "corpus", "panther-community"), Options{
		Region: "us-east-1", Account: "111122223333", StackName: "panther",
		Parameters: map[string]ParameterValue{"FirstUserEmail": {Text: "ops@example.com"}},
	})
}

// Every name of the catalogue comes out of the templates alone. A row's
// pattern is what the template says; both branches of a condition are allowed.
func TestFixedNames(t *testing.T) {
	file, err := os.Open(filepath.Join(corpus(t, "data"), "fixed-names.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	trees := map[string]*Tree{}
	for _, row := range rows[1:] {
		name, id, pattern := row[0], row[1], row[3]
		tree := trees[name]
		if tree == nil {
			tree = open(t, filepath.Join(shared, "corpus", name), Options{Region: "us-east-1", StackName: "panther"})
			trees[name] = tree
		}
		want := alternatives(tree, pattern)
		if got := resource(t, tree, "entry#"+id).Name; !slices.Contains(want, got.Text()) && !branches(got, want) {
			t.Errorf("%s %s: got %s, want one of %q", name, id, got.Text(), want)
		}
	}
	if len(rows) != 182 {
		t.Errorf("%d rows, want 181", len(rows)-1)
	}
}

// branches accepts a name that an undecided condition leaves open between
// exactly what the catalogue says.
func branches(v Value, want []string) bool {
	for _, b := range v.Branches() {
		if b.Kind != NoValue && !slices.Contains(want, b.Text()) {
			return false
		}
	}
	return len(v.Branches()) > 0
}

// alternatives works out what a row of the catalogue may stand for.
func alternatives(tree *Tree, pattern string) []string {
	var doc any
	if id, is := strings.CutPrefix(pattern, "{Ref "); is {
		doc = map[string]any{"Ref": strings.TrimSuffix(id, "}")}
	} else if json.Unmarshal([]byte(pattern), &doc) != nil {
		doc = map[string]any{"Fn::Sub": pattern}
	}
	return readings(tree, doc)
}

var variable = regexp.MustCompile(`\$\{([A-Za-z:.]+)\}`)

func readings(tree *Tree, doc any) []string {
	m, is := doc.(map[string]any)
	if !is {
		return []string{doc.(string)}
	}
	switch {
	case m["Ref"] != nil:
		return []string{plain(tree, m["Ref"].(string))}
	case m["Fn::If"] != nil:
		in := m["Fn::If"].([]any)
		return append(readings(tree, in[1]), readings(tree, in[2])...)
	case m["Fn::FindInMap"] != nil:
		in := m["Fn::FindInMap"].([]any)
		return []string{tree.root.doc.Mappings.At(in[0].(string), in[1].(string), in[2].(string)).Text}
	}
	text, vars := m["Fn::Sub"], map[string]any{}
	if in, is := text.([]any); is {
		text, vars = in[0], in[1].(map[string]any)
	}
	out := []string{text.(string)}
	for _, found := range variable.FindAllStringSubmatch(text.(string), -1) {
		values := []string{plain(tree, found[1])}
		if v, is := vars[found[1]]; is {
			values = readings(tree, v)
		}
		var next []string
		for _, o := range out {
			for _, v := range values {
				next = append(next, strings.Replace(o, found[0], v, 1))
			}
		}
		out = next
	}
	return out
}

func plain(tree *Tree, name string) string {
	switch name {
	case "AWS::Region":
		return tree.options.Region
	case "AWS::StackName":
		return tree.options.StackName
	case "AWS::NoValue":
		return ""
	}
	if p := tree.root.doc.Parameter(name); p != nil && p.Default != nil {
		return p.Default.Text
	}
	return "*"
}

// What SAM generates is counted against the real transform's own output.
func TestExpansionOfRealTemplates(t *testing.T) {
	dir := corpus(t, "corpus", "panther-community")
	for name, want := range map[string]int{"cloud_security.yml": 114, "core.yml": 77, "log_analysis.yml": 62} {
		tree := open(t, filepath.Join(dir, name), Options{Region: "us-east-1"})
		if got := len(tree.root.expanded().Resources); got != want {
			t.Errorf("%s: %d resources after the transform, want %d", name, got, want)
		}
	}
}

func TestReleaseIsWholeAndDecided(t *testing.T) {
	tree := release(t)
	if len(tree.faults) > 0 {
		t.Errorf("faults: %+v", tree.faults)
	}
	for _, c := range tree.children {
		if c.state != "loaded" && c.decl.ID != "PantherAthenaDDBConnector" {
			t.Errorf("%s: %s %s", c.decl.ID, c.state, c.detail)
		}
	}
	if len(tree.stacks) != 13 {
		t.Errorf("%d stacks, want 13", len(tree.stacks))
	}
	open := map[string]bool{}
	for r := range tree.Resources() {
		if r.Exists == Undecided {
			open[r.Subject] = true
		}
	}
	if len(open) > 0 {
		t.Errorf("undecided: %v", open)
	}
}

func BenchmarkRelease(b *testing.B) {
	dir := corpus(b, "corpus", "panther-community")
	for b.Loop() {
		open(b, dir, Options{Region: "us-east-1", StackName: "panther"}).Facts()
	}
}
