package edit

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

var every = flag.Bool("every", false, "edit every node of the corpus, not a sample")

// corpus is the project's own documents and, where they are, real templates,
// each as it stands, with CRLF, and as pretty and minified JSON.
func corpus(t *testing.T) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	for _, root := range []string{"testdata", filepath.Join("..", "..", "..", "shared", "corpus")} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yml") && !strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, ".json") || strings.Contains(path, "scps") {
				return err
			}
			texts[path], err = os.ReadFile(path)
			return err
		})
		if err != nil {
			t.Log("not here:", err)
		}
	}
	for path, text := range texts {
		if strings.Contains(path, "#") || bytes.Contains(text, []byte("\r\n")) {
			continue
		}
		texts[path+"#crlf"] = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		doc, err := yamldoc.Parse(path, text)
		if err != nil {
			delete(texts, path)
			delete(texts, path+"#crlf")
			continue
		}
		value := plainValue(doc.Root)
		texts[path+"#min"], _ = json.Marshal(value)
		texts[path+"#pretty"], _ = json.MarshalIndent(value, "", "  ")
	}
	return texts
}

func plainValue(n *yaml.Node) any {
	var v any
	switch n.Kind {
	case yaml.AliasNode:
		return plainValue(n.Alias)
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainValue(n.Content[i+1])
		}
		v = m
	case yaml.SequenceNode:
		l := []any{}
		for _, c := range n.Content {
			l = append(l, plainValue(c))
		}
		v = l
	default:
		v = n.Value
	}
	if n.Style&yaml.TaggedStyle != 0 {
		return map[string]any{"Fn::" + strings.TrimPrefix(n.Tag, "!"): v}
	}
	return v
}

// places calls f with each value and item below n.
func places(n *yaml.Node, f func(*yaml.Node)) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		f(n.Content[i])
		places(n.Content[i], f)
	}
}

func TestAnyOneEditOfTheCorpus(t *testing.T) {
	total, reprinted := 0, 0
	for path, text := range corpus(t) {
		doc, err := yamldoc.Parse(path, text)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		tree := Expand(doc.Root)
		var nodes []*yaml.Node
		places(tree.Root, func(n *yaml.Node) { nodes = append(nodes, n) })
		step := 1
		if !*every {
			step = max(1, len(nodes)/5)
		}
		try := func(what string, n *yaml.Node, s *Set) {
			total++
			out, err := Apply(doc, tree, s)
			if err != nil {
				t.Errorf("%s:%d:%d: %s: %v", path, n.Line, n.Column, what, err)
			} else if out.Reprinted && tree.names == nil {
				reprinted++
				t.Errorf("%s:%d:%d: %s: reprinted", path, n.Line, n.Column, what)
			}
		}
		for i := 0; i < len(nodes); i += step {
			var gone, set Set
			gone.Delete(nodes[i])
			try("delete", nodes[i], &gone)
			if nodes[i].Kind == yaml.ScalarNode {
				set.SetValue(nodes[i], nodes[i].Value+"-x: 'y' #z")
				try("replace", nodes[i], &set)
			}
		}
	}
	t.Logf("%d edits, %d reprinted", total, reprinted)
}
