package edit

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// insertions writes the entries that are added at the end of a mapping.
func (w *writer) insertions(n *yaml.Node) error {
	added := w.set.inserted[n]
	if len(added) == 0 {
		return nil
	}
	last := -1
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !w.set.deleted[n.Content[i+1]] {
			last = i
		}
	}
	if last < 0 {
		return errSplice
	}
	end := max(w.of[n.Content[last+1]].end, w.afterColon(w.of[n.Content[last]].end))
	if w.isFlow(n) || w.json {
		return w.insertFlow(added, n, end)
	}
	column := w.column(w.of[n.Content[0]].start)
	at := w.nextLine(end)
	for i, e := range added {
		text, err := w.entryText(e, column)
		if err != nil {
			return err
		}
		if i == 0 && at == w.lineEnd(end) { // the last line of the file has no line break
			text = w.eol + strings.TrimSuffix(text, w.eol)
		}
		w.add(at, at, text)
	}
	return nil
}

// entryText is one entry of a block mapping, with its line break.
func (w *writer) entryText(e entry, column int) (string, error) {
	value := w.set.build(e.value, nil)
	margin := strings.Repeat(" ", column)
	head := margin + w.flowText(Text(e.key)) + ":"
	if value.Kind == yaml.ScalarNode || value.Style&yaml.FlowStyle != 0 || empty(value) || value.Style&yaml.TaggedStyle != 0 {
		return head + " " + w.flowText(value) + w.eol, nil
	}
	text, err := w.blockText(value, column+2)
	if err != nil {
		return "", err
	}
	return head + w.eol + margin + "  " + text + w.eol, nil
}

// insertFlow adds entries behind the last one, on lines of their own where the
// last one has a line of its own.
func (w *writer) insertFlow(added []entry, n *yaml.Node, end int) error {
	separator := ", "
	if start := w.of[n.Content[len(n.Content)-2]].start; w.alone(start) && w.column(start) > 0 {
		separator = "," + w.eol + strings.Repeat(" ", w.column(start))
	} else if w.json && !strings.Contains(w.text[w.of[n].start:w.of[n].end], " ") {
		separator = ","
	}
	var b strings.Builder
	for _, e := range added {
		b.WriteString(separator + w.flowText(Text(e.key)) + ": " + w.flowText(w.set.build(e.value, nil)))
	}
	w.add(end, end, b.String())
	return nil
}
