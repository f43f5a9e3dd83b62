package edit

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// writer turns the edits of a tree into patches of its text.
type writer struct {
	*extents
	set     *Set
	aliases map[*yaml.Node]string
	patches []patch
	depth   int // of flow collections around the node
}

func (w *writer) add(start, end int, text string) {
	w.patches = append(w.patches, patch{start, end, text})
}

func (w *writer) isFlow(n *yaml.Node) bool {
	e := w.of[n]
	return e.content < len(w.text) && (w.text[e.content] == '{' || w.text[e.content] == '[') && n.Style&yaml.FlowStyle != 0
}

// node writes the edits at and below n. key is the key of n's entry, nil for
// an item and for the root.
func (w *writer) node(n, key *yaml.Node) error {
	if with, ok := w.set.replaced[n]; ok {
		return w.replace(n, key, with)
	}
	if _, alias := w.aliases[n]; alias {
		return nil
	}
	if err := w.deletions(n); err != nil {
		return err
	}
	if w.isFlow(n) {
		w.depth++
		defer func() { w.depth-- }()
	}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if w.set.deleted[n.Content[i+1]] {
				continue
			}
			if err := w.node(n.Content[i+1], n.Content[i]); err != nil {
				return err
			}
		}
		return w.insertions(n)
	}
	for _, c := range n.Content {
		if w.set.deleted[c] {
			continue
		}
		if err := w.node(c, nil); err != nil {
			return err
		}
	}
	return nil
}

// part is one entry of a mapping or one item of a sequence: where it begins
// (the key, the dash, or the item itself in a flow) and where it ends.
type part struct {
	start, end int
	gone       bool
}

func (w *writer) parts(n *yaml.Node) ([]part, error) {
	var parts []part
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := w.of[n.Content[i]], w.of[n.Content[i+1]]
			parts = append(parts, part{key.start, max(value.end, w.afterColon(key.end)), w.set.deleted[n.Content[i+1]]})
		}
		return parts, nil
	}
	for _, c := range n.Content {
		start := w.of[c].start
		if !w.isFlow(n) {
			var err error
			if start, err = w.dash(start); err != nil {
				return nil, err
			}
		}
		parts = append(parts, part{start, max(w.of[c].end, start+1), w.set.deleted[c]})
	}
	return parts, nil
}

// afterColon is the end of an entry that has no value.
func (w *writer) afterColon(at int) int {
	for i := at; i < len(w.text) && (w.text[i] == ' ' || w.text[i] == ':'); i++ {
		if w.text[i] == ':' {
			return i + 1
		}
	}
	return at
}

// dash finds the dash of a block item by looking left of it, and then up: a
// comment may stand behind the dash and the item below.
func (w *writer) dash(at int) (int, error) {
	start := w.lineStart(at)
	left := strings.TrimRight(w.text[start:at], " \t")
	for left == "" && start > 0 {
		start = w.lineAbove(start)
		line := w.line(start)
		if i := strings.Index(line, "#"); i >= 0 {
			line = line[:i]
		}
		left = strings.TrimRight(line, " \t")
	}
	if !strings.HasSuffix(left, "-") {
		return 0, errSplice
	}
	return start + len(left) - 1, nil
}

// deletions writes what goes from one collection. A collection that loses
// everything becomes an empty one.
func (w *writer) deletions(n *yaml.Node) error {
	gone, step := 0, 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		if w.set.deleted[n.Content[i]] {
			gone++
		}
	}
	if gone == 0 {
		return nil
	}
	parts, err := w.parts(n)
	if err != nil {
		return err
	}
	switch {
	case gone == len(parts):
		w.empty(n)
	case w.isFlow(n):
		w.deleteFlow(parts)
	default:
		return w.deleteBlock(parts)
	}
	return nil
}

func (w *writer) empty(n *yaml.Node) {
	text, e := "{}", w.of[n]
	if n.Kind == yaml.SequenceNode {
		text = "[]"
	}
	if !w.isFlow(n) && n.Kind == yaml.SequenceNode && w.alone(e.content) {
		text = " " + text // a sequence may stand in its key's own column, {} may not
	}
	w.add(e.content, e.end, text)
}
