package events

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// table reads what `--output table` prints: rows under a line of names, or, in
// a narrow terminal, one table an event with a name and a value a row.
func table(file string, body []byte) ([]Event, error) {
	t := tableReader{}
	number := 0
	for line := range strings.Lines(string(body)) {
		number++
		if line = strings.TrimRight(line, "\n"); strings.Trim(line, "|+- ") == "" {
			continue
		}
		t.line(strings.Split(strings.Trim(line, "|"), "|"), number)
	}
	t.endItem()
	if len(t.rows) == 0 {
		return nil, &yamldoc.Error{File: file, Line: 1, Column: 1, Message: "the table has no rows; " + Wanted}
	}
	return fromRows(file, t.rows)
}

type tableReader struct {
	rows  [][]cell
	names []string
	item  []cell
}

func (t *tableReader) line(texts []string, number int) {
	known := 0
	for i := range texts {
		texts[i] = strings.TrimSpace(texts[i])
		if _, ok := headerField(texts[i]); ok {
			known++
		}
	}
	switch {
	case len(texts) == 1 && (t.title(texts[0]) || len(t.rows)+len(t.item) == 0 && kindOf(texts[0]) == name):
		t.endItem()
	case len(texts) > 1 && known == len(texts), len(texts) > 2 && known > 1:
		t.names = texts
	case len(texts) >= 2 && known >= 1 && headerNamed(texts[0]) && len(t.names) == 0:
		t.item = append(t.item, cell{header: texts[0], text: strings.Join(texts[1:], "|"), line: number})
	case len(t.names) == 0 && len(texts) > 1 && len(t.rows) == 0 && plainNames(texts):
		// Names that a query chose.
		t.names = texts
	default:
		t.rows = append(t.rows, t.row(texts, number))
	}
}

func headerNamed(text string) bool {
	_, ok := headerField(text)
	return ok
}

// title tells the lines above a table, which name the call and the list.
func (t *tableReader) title(text string) bool {
	switch strings.ToLower(strings.ReplaceAll(text, "-", "")) {
	case "describestackevents", "describeevents", "stackevents", "operationevents":
		return true
	}
	return false
}

// plainNames tells a line of names from a row: no value is as short and plain.
func plainNames(texts []string) bool {
	for _, text := range texts {
		if kindOf(text) != name {
			return false
		}
	}
	return true
}

func (t *tableReader) endItem() {
	if len(t.item) > 0 {
		t.rows = append(t.rows, t.item)
	}
	t.item = nil
}

// row pairs values with names. A reason may hold the line that parts columns:
// what is too much belongs to the longest value.
func (t *tableReader) row(texts []string, number int) []cell {
	for surplus := len(texts) - len(t.names); len(t.names) > 0 && surplus > 0; surplus-- {
		at := longest(texts)
		if at == len(texts)-1 {
			at--
		}
		texts[at] += "|" + texts[at+1]
		texts = append(texts[:at+1], texts[at+2:]...)
	}
	var cells []cell
	for i, text := range texts {
		c := cell{text: text, line: number}
		if i < len(t.names) {
			c.header = t.names[i]
		}
		cells = append(cells, c)
	}
	return cells
}

func longest(texts []string) int {
	best := 0
	for i := range texts {
		if len(texts[i]) > len(texts[best]) {
			best = i
		}
	}
	return best
}
