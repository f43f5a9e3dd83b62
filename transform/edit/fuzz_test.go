package edit

import (
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// FuzzApply makes one edit somewhere in any document. The edit means what it
// should, or is refused; nothing else may happen.
func FuzzApply(f *testing.F) {
	f.Add([]byte("a:\n  - Key: b # c\n    Value: |\n      x\n\n  - {k: v, l: [1, 2,]}\n"), uint8(3), "new: text")
	f.Add([]byte("{\"a\": [1, {\"b\": null}]}"), uint8(1), "1")
	f.Add([]byte("\xef\xbb\xbfa: &x\r\n  b: !Sub 'y'\r\nc: *x\r\n"), uint8(2), "")
	f.Add([]byte("- - ? a\n    : b\n  -\n    # note\n    c: >+\n      d\n\n"), uint8(4), "\n")
	f.Fuzz(func(t *testing.T, text []byte, pick uint8, value string) {
		doc, err := yamldoc.Parse("f", text)
		if err != nil {
			return
		}
		tree := Expand(doc.Root)
		var nodes []*yaml.Node
		places(tree.Root, func(n *yaml.Node) { nodes = append(nodes, n) })
		if len(nodes) == 0 || len(nodes) > 1000 {
			return
		}
		n := nodes[int(pick)%len(nodes)]
		var gone, set Set
		gone.Delete(n)
		for _, s := range []*Set{&gone, &set} {
			if s == &set {
				if n.Kind != yaml.ScalarNode {
					continue
				}
				s.SetValue(n, value)
			}
			out, err := Apply(doc, tree, s)
			if err == nil && !Equal(out.Tree.Root, s.Build(tree.Root)) {
				t.Fatalf("%q became %q", text, out.Document.Bytes)
			}
		}
	})
}
