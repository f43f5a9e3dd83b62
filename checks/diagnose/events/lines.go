package events

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// lines reads plain text: what `--output text` prints, a copy of the console's
// table with its cells in one line or in one line each, and the rows that
// deployment tools print.
func lines(file string, body []byte) ([]Event, error) {
	var rows [][]cell
	loose := &loose{}
	number := 0
	for line := range strings.Lines(string(body)) {
		number++
		line = strings.TrimRight(line, "\n")
		texts := split(line)
		switch {
		case len(texts) > 1 && isIdentifier(texts[0]):
			rows = append(rows, cells(texts[1:], number))
		case len(texts) > 1 && len(rows) == 0 && allHeaders(texts):
			loose.names = texts
		case len(texts) == 0, allHeaders(texts), badge(texts[0]):
		case len(texts) == 1 && len(rows) > 0 && kindOf(texts[0]) != moment:
			continued(rows[len(rows)-1], texts[0])
		case len(texts) == 1:
			loose.add(cell{text: unglued(texts[0]), line: number, column: 1})
		case allSentences(texts):
			for _, text := range texts {
				rows = append(rows, cells([]string{text}, number))
			}
		default:
			rows = append(rows, loose.named(cells(texts, number)))
		}
	}
	rows = append(rows, loose.end()...)
	if len(rows) == 0 {
		return nil, &yamldoc.Error{File: file, Line: 1, Column: 1, Message: "there are no events in it; " + Wanted}
	}
	return fromRows(file, rows)
}

var (
	bars   = regexp.MustCompile(`\s+\\?\|\s+`)
	gaps   = regexp.MustCompile(`\s{3,}`)
	link   = regexp.MustCompile(`\[([^\]]+?)\s*\]\(https?://[^)]*\)`)
	glued  = regexp.MustCompile(`^((?:[A-Z]+_)+(?:IN_PROGRESS|COMPLETE|FAILED))(?:Likely root cause.*)$`)
	rule   = regexp.MustCompile(`^[\s|:-]+$`)
	fields = regexp.MustCompile(`^(STACKEVENTS|OPERATIONEVENTS)$`)
)

// split cuts a line at tabs, or else at bars, or else at wide gaps.
func split(line string) []string {
	line = link.ReplaceAllString(strings.TrimSpace(line), "$1")
	if rule.MatchString(line) && strings.ContainsAny(line, "-|") && len(line) > 1 {
		return nil
	}
	parts := strings.Split(line, "\t")
	if len(parts) == 1 && bars.MatchString(line) {
		parts = bars.Split(strings.Trim(line, "|"), -1)
	}
	if len(parts) == 1 {
		parts = gaps.Split(line, -1)
	}
	var texts []string
	for _, p := range parts {
		texts = append(texts, unglued(strings.TrimSpace(p)))
	}
	if len(texts) == 1 && texts[0] == "" {
		return nil
	}
	return texts
}

// unglued takes the console's badge from behind a status.
func unglued(text string) string { return glued.ReplaceAllString(text, "$1") }

func badge(text string) bool {
	return strings.HasPrefix(text, "Likely root cause") || strings.HasPrefix(text, "Client Request Token:")
}

func isIdentifier(text string) bool { return fields.MatchString(text) }

func allHeaders(texts []string) bool {
	for _, text := range texts {
		if !headerNamed(text) {
			return false
		}
	}
	return len(texts) > 0
}

func allSentences(texts []string) bool {
	for _, text := range texts {
		if k := kindOf(text); k != sentence && k != nothing {
			return false
		}
	}
	return true
}

func cells(texts []string, number int) []cell {
	var row []cell
	for _, text := range texts {
		row = append(row, cell{text: text, line: number, column: 1})
	}
	return row
}

// continued joins the next line of a reason to its row.
func continued(row []cell, text string) {
	for i := len(row) - 1; i >= 0; i-- {
		if kindOf(row[i].text) == sentence {
			row[i].text += " " + text
			return
		}
	}
}

// loose gathers values that stand one a line. An event begins with the kind of
// value with which the first one began.
type loose struct {
	names   []string
	current []cell
	rows    [][]cell
}

func (l *loose) add(c cell) {
	if len(l.current) > 0 && kindOf(c.text) == kindOf(l.current[0].text) && kindOf(c.text) != nothing {
		l.flush()
	}
	if kindOf(c.text) != nothing {
		l.current = append(l.current, c)
	}
}

func (l *loose) flush() {
	if len(l.current) == 0 {
		return
	}
	row := l.current
	seen := map[kind]int{}
	for i := range row {
		k := kindOf(row[i].text)
		seen[k]++
		row[i].header = looseHeader(k, seen[k])
	}
	l.rows = append(l.rows, row)
	l.current = nil
}

// looseHeader names a value by what it looks like: rows have different values,
// so that no column tells. Of the console's columns the logical id is the first
// name.
func looseHeader(k kind, nth int) string {
	switch {
	case k == moment:
		return "Timestamp"
	case k == status:
		return "ResourceStatus"
	case k == resourceType:
		return "ResourceType"
	case k == sentence:
		return "ResourceStatusReason"
	case k == stackARN:
		return "PhysicalResourceId"
	case k == name && nth == 1:
		return "LogicalResourceId"
	case k == name && nth == 2:
		return "PhysicalResourceId"
	}
	return "ClientRequestToken"
}

func (l *loose) end() [][]cell {
	l.flush()
	return l.rows
}

// named gives the values of a row the names of the console's columns.
func (l *loose) named(row []cell) []cell {
	if len(l.names) != len(row) {
		return row
	}
	for i := range row {
		row[i].header = l.names[i]
	}
	return row
}
