package edit

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// find is the value at a path of keys and indices, as a.b[1].
func find(t *testing.T, n *yaml.Node, path string) *yaml.Node {
	t.Helper()
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if n.Kind == yaml.SequenceNode {
			n = n.Content[step[0]-'0']
			continue
		}
		var next *yaml.Node
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				next = n.Content[i+1]
			}
		}
		if next == nil {
			t.Fatalf("no %s in %s", step, path)
		}
		n = next
	}
	return n
}

func apply(t *testing.T, text string, do func(root *yaml.Node, s *Set)) Result {
	t.Helper()
	doc, err := yamldoc.Parse("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	tree := Expand(doc.Root)
	var s Set
	do(tree.Root, &s)
	out, err := Apply(doc, tree, &s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDelete(t *testing.T) {
	for name, c := range map[string]struct{ text, path, want string }{
		"first key of an item":   {"a:\n  - Key: b\n    Value: c\n", "a[0].Key", "a:\n  - Value: c\n"},
		"comment above":          {"# one\n\n# two\na: 1\nb: 2\n", "a", "# one\n\nb: 2\n"},
		"comment of a neighbour": {"a: 1\n# about b\nb: 2\n", "a", "# about b\nb: 2\n"},
		"deeper comment":         {"x:\n  a:\n    k: v\n    # of a\n  b: 2\n", "x.a", "x:\n  b: 2\n"},
		"comment behind":         {"a: 1 # one\nb: 2 # two\n", "b", "a: 1 # one\n"},
		"blank above and below":  {"a: 1\n\nb: 2\n\nc: 3\n", "b", "a: 1\n\nc: 3\n"},
		"blank below only":       {"a: 1\nb: 2\n\nc: 3\n", "b", "a: 1\n\nc: 3\n"},
		"first under its parent": {"p:\n  a: 1\n\n  b: 2\n", "p.a", "p:\n  b: 2\n"},
		"block scalar with hash": {"a: |\n  x # no comment\n\nb: 2\n", "a", "b: 2\n"},
		"flow first":             {"a: [b, c, d] # x\n", "a[0]", "a: [c, d] # x\n"},
		"flow last":              {"a: [b, c, d]\n", "a[2]", "a: [b, c]\n"},
		"flow trailing comma":    {"a: [b, c,]\n", "a[1]", "a: [b,]\n"},
		"flow lines":             {"a: [\n  b, # one\n  c, # two\n  d\n]\n", "a[1]", "a: [\n  b, # one\n  d\n]\n"},
		"flow map":               {"a: {b: 1, c: 2}\n", "a.b", "a: {c: 2}\n"},
		"the only item":          {"a:\n  b:\n    - c\n", "a.b[0]", "a:\n  b:\n     []\n"},
		"the only key":           {"a:\n  b: c\nd: e\n", "a.b", "a:\n  {}\nd: e\n"},
		"dash above the item":    {"a:\n  -\n    b: 1\n  - c\n", "a[0]", "a:\n  - c\n"},
		"comment at the dash":    {"a:\n  - # note\n    b: 1\n  - c\n", "a[0]", "a:\n  - c\n"},
		"nested sequence":        {"a:\n  - - b\n    - c\n", "a[0][0]", "a:\n  - - c\n"},
		"no final line break":    {"a: 1\nb: 2", "b", "a: 1\n"},
		"no value":               {"a:\nb: 2\n", "a", "b: 2\n"},
		"crlf":                   {"a: 1\r\n# of b\r\nb: 2\r\n\r\nc: 3\r\n", "b", "a: 1\r\n\r\nc: 3\r\n"},
		"wide characters":        {"é: {ü: 'ß', b: 2, c: 3}\n", "é.b", "é: {ü: 'ß', c: 3}\n"},
		"minified JSON":          {`{"a":{"b":[1,2],"c":3}}`, "a.b", `{"a":{"c":3}}`},
		"pretty JSON":            {"{\n  \"a\": 1,\n  \"b\": {\n    \"c\": 2\n  }\n}\n", "b", "{\n  \"a\": 1\n}\n"},
		"tagged list":            {"a: !If\n  - C\n  - x\n  - y\n", "a[1]", "a: !If\n  - C\n  - y\n"},
	} {
		t.Run(name, func(t *testing.T) {
			out := apply(t, c.text, func(root *yaml.Node, s *Set) { s.Delete(find(t, root, c.path)) })
			if got := string(out.Document.Bytes); got != c.want || out.Reprinted {
				t.Errorf("got %q, want %q, reprinted %v", got, c.want, out.Reprinted)
			}
		})
	}
}

func TestSetValue(t *testing.T) {
	for name, c := range map[string]struct{ text, value, want string }{
		"plain":             {"a: b # c\n", "x", "a: x # c\n"},
		"plain to quoted":   {"a: b\n", "x: y", "a: 'x: y'\n"},
		"a number is text":  {"a: b\n", "1", "a: '1'\n"},
		"single quotes":     {"a: 'b'\n", "it's", "a: 'it''s'\n"},
		"double quotes":     {"a: \"b\"\n", "x\ny", "a: \"x\\ny\"\n"},
		"literal":           {"a: |\n  one two\n\n  three\nb: c\n", "one 2\n\nthree\n", "a: |\n  one 2\n\n  three\nb: c\n"},
		"folded":            {"a: >-\n  one\n  two\n", "one 2", "a: >-\n  one\n  2\n"},
		"plain on lines":    {"a: one\n  two\nb: c\n", "1 two", "a: 1\n  two\nb: c\n"},
		"tagged":            {"a: !Sub x\n", "y", "a: !Sub y\n"},
		"tagged and quoted": {"a: !Sub 'x'\n", "y", "a: !Sub 'y'\n"},
		"in a flow":         {"a: b\n", "x,y", "a: x,y\n"},
		"json":              {`{"a": "b"}`, "x\"y", `{"a": "x\"y"}`},
	} {
		t.Run(name, func(t *testing.T) {
			out := apply(t, c.text, func(root *yaml.Node, s *Set) { s.SetValue(find(t, root, "a"), c.value) })
			if got := string(out.Document.Bytes); got != c.want || out.Reprinted {
				t.Errorf("got %q, want %q, reprinted %v", got, c.want, out.Reprinted)
			}
		})
	}
}

func TestInsert(t *testing.T) {
	row := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{Text("k"), Text("v")}}
	for name, c := range map[string]struct{ text, want string }{
		"block":          {"a:\n  b: 1 # x\nc: 2\n", "a:\n  b: 1 # x\n  new:\n    k: v\nc: 2\n"},
		"flow":           {"a: {b: 1}\n", "a: {b: 1, new: {k: v}}\n"},
		"no final break": {"a:\n  b: 1", "a:\n  b: 1\n  new:\n    k: v"},
		"pretty JSON":    {"{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", "{\n  \"a\": {\n    \"b\": 1,\n    \"new\": {\"k\": \"v\"}\n  }\n}\n"},
		"minified JSON":  {`{"a":{"b":1}}`, `{"a":{"b":1,"new": {"k": "v"}}}`},
	} {
		t.Run(name, func(t *testing.T) {
			out := apply(t, c.text, func(root *yaml.Node, s *Set) { s.Insert(find(t, root, "a"), "new", row) })
			if got := string(out.Document.Bytes); got != c.want || out.Reprinted {
				t.Errorf("got %q, want %q, reprinted %v", got, c.want, out.Reprinted)
			}
		})
	}
}

func TestCollapse(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"flow":            {"a: !If [C, !Ref X, y]\nb: c\n", "a: !Ref X\nb: c\n"},
		"block scalar":    {"a: !If\n  - C\n  - x\n  - y\nb: c\n", "a: x\nb: c\n"},
		"block map":       {"a: !If\n  - C\n  - k: v # keep\n    l: w\n  - y\nb: c\n", "a:\n  k: v # keep\n  l: w\nb: c\n"},
		"long form":       {"a:\n  Fn::If:\n    - C\n    - k: v\n    - y\nb: c\n", "a:\n  k: v\nb: c\n"},
		"block of a list": {"a: !If\n  - C\n  - - p\n    - q\n  - y\nb: c\n", "a:\n  - p\n  - q\nb: c\n"},
	} {
		t.Run(name, func(t *testing.T) {
			out := apply(t, c.text, func(root *yaml.Node, s *Set) {
				n := find(t, root, "a")
				list := n
				if n.Kind == yaml.MappingNode {
					list = n.Content[1]
				}
				s.Replace(n, list.Content[1])
			})
			if got := string(out.Document.Bytes); got != c.want || out.Reprinted {
				t.Errorf("got %q, want %q, reprinted %v", got, c.want, out.Reprinted)
			}
		})
	}
}

// TestAnchors edits what stands for two places: the text is printed anew, with
// the alias written out, and means what was meant.
func TestAnchors(t *testing.T) {
	text := "# top\na: &x\n  b: 1\n  c: 2\nd: *x\ne: f\n"
	out := apply(t, text, func(root *yaml.Node, s *Set) { s.Delete(find(t, root, "a.b")) })
	if got := string(out.Document.Bytes); !out.Reprinted || got != "# top\na:\n  c: 2\nd:\n  b: 1\n  c: 2\ne: f\n" {
		t.Errorf("%q", got)
	}
	out = apply(t, text, func(root *yaml.Node, s *Set) { s.Delete(find(t, root, "e")) })
	if got := string(out.Document.Bytes); out.Reprinted || got != "# top\na: &x\n  b: 1\n  c: 2\nd: *x\n" {
		t.Errorf("%q", got)
	}
	out = apply(t, text, func(root *yaml.Node, s *Set) { s.Delete(find(t, root, "d")) })
	if got := string(out.Document.Bytes); out.Reprinted || got != "# top\na: &x\n  b: 1\n  c: 2\ne: f\n" {
		t.Errorf("%q", got)
	}
}

func TestNothingToDo(t *testing.T) {
	out := apply(t, "\xef\xbb\xbfa:   1\r\n", func(*yaml.Node, *Set) {})
	if string(out.Document.Bytes) != "\xef\xbb\xbfa:   1\r\n" {
		t.Errorf("%q", out.Document.Bytes)
	}
}
