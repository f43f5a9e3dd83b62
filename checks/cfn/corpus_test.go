package cfn

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// templates calls each with every template below a folder beside the
// repository, or skips the test.
func templates(t *testing.T, folder string, each func(t *testing.T, name string, d *Template)) {
	t.Helper()
	root := filepath.Join("../../../shared", folder)
	if _, err := os.Stat(root); err != nil {
		t.Skip("the templates are not here")
	}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains([]string{".yml", ".yaml", ".json", ".template"}, filepath.Ext(name)) {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if d, err := Parse(name, text); err == nil && d.Root.Get("Resources") != nil {
			each(t, name, d)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Templates that CloudFormation takes have no problems.
func TestRealTemplatesHaveNoProblems(t *testing.T) {
	seen := 0
	templates(t, "corpus", func(t *testing.T, name string, d *Template) {
		seen++
		for _, p := range d.Problems {
			t.Errorf("%s:%d: %s %s: %s", name, p.Pos.Line, p.Kind, p.Key(), p.Message)
		}
	})
	if seen < 30 {
		t.Errorf("%d templates", seen)
	}
}

// A real template in JSON is the same tree, and every node of one in YAML knows
// its place.
func TestRealTemplatesInJSON(t *testing.T) {
	templates(t, "corpus/panther-community", func(t *testing.T, name string, d *Template) {
		if got, want := show(sorted(parse(t, asJSON(t, d.Root)).Root)), show(sorted(d.Root)); got != want {
			t.Errorf("%s differs in JSON", name)
		}
		Walk(d.Root, func(n *Node) bool {
			if n.Src == nil || n.Src.Line != n.Pos.Line || n.Src.Column != n.Pos.Column {
				t.Errorf("%s: %s has no source", name, show(n))
			}
			return true
		})
	})
}

// SAM's own templates hold nulls, and Fn::Equals or snapshots where a policy belongs; of
// nothing else a person would complain.
func TestProblemsOfPublishedServerlessTemplates(t *testing.T) {
	templates(t, "cases/sam", func(t *testing.T, name string, d *Template) {
		for _, p := range d.Problems {
			policy := strings.HasSuffix(p.Path[len(p.Path)-1], "Policy")
			if p.Kind != NullValue && !((p.Kind == FunctionPlace || p.Kind == SnapshotPolicy) && policy) {
				t.Errorf("%s:%d: %s %s: %s", name, p.Pos.Line, p.Kind, p.Key(), p.Message)
			}
		}
	})
}
