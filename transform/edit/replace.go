package edit

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// place is where a new node is written: in what kind of collection, from which
// offset, and in which column the lines of a block collection begin.
type place struct {
	flow   bool
	start  int
	column int
	inline bool // something stands before it on its line
}

func (w *writer) placeOf(n, key *yaml.Node) place {
	e := w.of[n]
	p := place{start: e.start, inline: !w.alone(e.start), flow: w.json || w.depth > 0}
	p.column = w.column(e.start)
	if key != nil && p.inline {
		p.column = w.column(w.of[key].start) + 2
	}
	return p
}

// replace writes with over n.
func (w *writer) replace(n, key, with *yaml.Node) error {
	e, p := w.of[n], w.placeOf(n, key)
	for { // a branch that gave way to a branch of its own
		next, again := w.set.replaced[with]
		if _, here := w.of[next]; !again || !here {
			break
		}
		with = next
	}
	if inner, ok := w.of[with]; ok && with != n && e.start <= inner.start && inner.end <= e.end {
		return w.collapse(e, p, with)
	}
	fresh := w.set.build(with, n)
	var text string
	switch {
	case fresh.Kind == yaml.ScalarNode:
		text = w.scalarText(n, fresh, p)
	case p.flow:
		text = w.flowText(fresh)
	default:
		block, err := w.blockText(fresh, p.column)
		if err != nil {
			return err
		}
		text = block
		if p.inline && key != nil && fresh.Style&yaml.FlowStyle == 0 && !empty(fresh) {
			text = w.eol + strings.Repeat(" ", p.column) + block
			w.trimBefore(e.start)
			w.add(e.start, max(e.end, e.start), text)
			return nil
		}
	}
	if e.start == e.end && e.start > 0 && w.text[e.start-1] != ' ' {
		text = " " + text
	}
	w.add(e.start, e.end, text)
	return nil
}

// trimBefore drops the space between a key's colon and a value that moves to
// the next line.
func (w *writer) trimBefore(at int) {
	start := at
	for start > 0 && w.text[start-1] == ' ' {
		start--
	}
	if start < at {
		w.add(start, at, "")
	}
}

// collapse puts the text of a node that stands inside n in n's place.
func (w *writer) collapse(e extent, p place, with *yaml.Node) error {
	inner := w.of[with]
	sub := &writer{extents: w.extents, set: w.set, aliases: w.aliases, depth: w.depth}
	if err := sub.node(with, nil); err != nil {
		return err
	}
	text, err := patched(w.text[inner.start:inner.end], inner.start, w.within(sub.patches, inner))
	if err != nil {
		return err
	}
	if len(sub.patches) > 0 {
		text = strings.Trim(text, " \r\n")
	}
	if p.flow {
		w.add(e.start, e.end, text)
		return nil
	}
	from, head := w.column(inner.start), ""
	if with.Kind != yaml.ScalarNode && !w.isFlow(with) && p.inline && with.Style&yaml.TaggedStyle == 0 && w.text[w.lineStart(e.start):e.start] != "" && !w.afterDash(e.start) {
		w.trimBefore(e.start)
		head = w.eol + strings.Repeat(" ", p.column)
	}
	w.add(e.start, e.end, head+shift(text, p.column-from))
	return nil
}

// within cuts patches of whole lines down to the text of one node.
func (w *writer) within(patches []patch, e extent) []patch {
	for i := range patches {
		p := &patches[i]
		if p.start > e.end {
			p.text = w.eol + strings.TrimSuffix(p.text, w.eol)
		}
		p.start, p.end = min(max(p.start, e.start), e.end), min(p.end, e.end)
	}
	return patches
}

// afterDash tells whether only spaces and dashes stand before at on its line.
func (w *writer) afterDash(at int) bool {
	return strings.Trim(w.text[w.lineStart(at):at], " -") == ""
}

// shift moves every line but the first by so many columns, as far as there are
// spaces.
func shift(text string, by int) string {
	lines := strings.SplitAfter(text, "\n")
	for i := 1; i < len(lines); i++ {
		switch room := indent(lines[i]); {
		case blank(strings.TrimRight(lines[i], "\r\n")):
		case by >= 0:
			lines[i] = strings.Repeat(" ", by) + lines[i]
		default:
			lines[i] = lines[i][min(room, -by):]
		}
	}
	return strings.Join(lines, "")
}

func empty(n *yaml.Node) bool { return len(n.Content) == 0 }
