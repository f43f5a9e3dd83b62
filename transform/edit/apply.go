package edit

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Result is an edited document. Reprinted says that the text could not be
// spliced and was printed anew from the tree: comments stay, layout may not.
type Result struct {
	Document  *yamldoc.Document
	Tree      *Tree
	Reprinted bool
}

// Apply makes the edits. tree is what Expand gave for the document. The result
// is parsed from the new text and means exactly what the edits mean.
func Apply(doc *yamldoc.Document, tree *Tree, s *Set) (Result, error) {
	if s.Empty() {
		return Result{Document: doc, Tree: tree}, nil
	}
	want := s.Build(tree.Root)
	if text, err := splice(doc, tree, s); err == nil {
		if out, ok := proved(doc.File, text, want); ok {
			return out, nil
		}
	}
	text, err := Print(want)
	if err != nil {
		return Result{}, fmt.Errorf("print %s: %w", doc.File, err)
	}
	out, ok := proved(doc.File, text, want)
	if !ok {
		return Result{}, fmt.Errorf("edit %s: neither the spliced nor the printed text means what was meant", doc.File)
	}
	out.Reprinted = true
	return out, nil
}

func proved(file string, text []byte, want *yaml.Node) (Result, bool) {
	doc, err := yamldoc.Parse(file, text)
	if err != nil {
		return Result{}, false
	}
	tree := Expand(doc.Root)
	return Result{Document: doc, Tree: tree}, Equal(tree.Root, want)
}

// Print is the whole tree as YAML in the layout that is closest to how
// templates are written.
func Print(root *yaml.Node) ([]byte, error) {
	return yaml.Dump(printing(root), yaml.WithIndent(2), yaml.WithCompactSeqIndent(false), yaml.WithLineWidth(-1))
}

// printing is a copy without anchors, which a copy of an alias would repeat,
// and with comments whose line ends the printer can print.
func printing(n *yaml.Node) *yaml.Node {
	out := *n
	out.Anchor = ""
	for _, c := range []*string{&out.HeadComment, &out.LineComment, &out.FootComment} {
		*c = strings.ReplaceAll(*c, "\r", "")
	}
	out.Content = make([]*yaml.Node, len(n.Content))
	for i, c := range n.Content {
		out.Content[i] = printing(c)
	}
	return &out
}

type patch struct {
	start, end int
	text       string
}

// splice writes the edits into the text.
func splice(doc *yamldoc.Document, tree *Tree, s *Set) ([]byte, error) {
	if !tree.spliceable(s) {
		return nil, errSplice
	}
	x, err := measure(newSource(doc.Bytes), tree.Root, tree.names)
	if err != nil {
		return nil, err
	}
	w := &writer{extents: x, set: s, aliases: tree.names}
	if err := w.node(tree.Root, nil); err != nil {
		return nil, err
	}
	text, err := patched(x.text, 0, w.patches)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if bytes.HasPrefix(doc.Bytes, []byte(bom)) {
		out.WriteString(bom)
	}
	out.WriteString(text)
	return out.Bytes(), nil
}

// patched applies patches whose offsets count from base.
func patched(text string, base int, patches []patch) (string, error) {
	slices.SortStableFunc(patches, func(a, b patch) int { // what is put in stands before what is taken out
		return cmp.Or(a.start-b.start, a.end-b.end)
	})
	var out strings.Builder
	at := 0
	for _, p := range patches {
		if p.start-base < at || p.end < p.start || p.end-base > len(text) {
			return "", errSplice
		}
		out.WriteString(text[at : p.start-base])
		out.WriteString(p.text)
		at = p.end - base
	}
	out.WriteString(text[at:])
	return out.String(), nil
}
