package edit

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// source is the text of a document with its lines. Offsets count from after
// the byte order mark, as the places of nodes do.
type source struct {
	text  string
	lines []int // offset at which each line begins
	eol   string
	json  bool
}

const bom = "\xef\xbb\xbf"

func newSource(text []byte) *source {
	s := &source{text: string(bytes.TrimPrefix(text, []byte(bom))), eol: "\n", lines: []int{0}}
	for i := 0; i < len(s.text); i++ {
		switch {
		case s.text[i] == '\n', s.text[i] == '\r' && !strings.HasPrefix(s.text[i+1:], "\n"):
			s.lines = append(s.lines, i+1)
		}
	}
	if i := strings.IndexByte(s.text, '\n'); i > 0 && s.text[i-1] == '\r' {
		s.eol = "\r\n"
	}
	s.json = strings.HasPrefix(strings.TrimLeft(s.text, " \t\r\n"), "{")
	return s
}

// offset is where the node begins, its tag and anchor included. Columns count
// characters, not bytes.
func (s *source) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(s.lines) {
		return len(s.text)
	}
	at := s.lines[n.Line-1]
	for i := 1; i < n.Column && at < len(s.text); i++ {
		_, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
	}
	return at
}

// lineStart is where the line of at begins; column is at's distance from it.
func (s *source) lineStart(at int) int {
	return strings.LastIndexAny(s.text[:at], "\n\r") + 1
}

func (s *source) column(at int) int { return at - s.lineStart(at) }

// lineEnd is where the line of at ends, before its line break.
func (s *source) lineEnd(at int) int {
	if i := strings.IndexAny(s.text[at:], "\n\r"); i >= 0 {
		return at + i
	}
	return len(s.text)
}

// nextLine is where the line after that of at begins.
func (s *source) nextLine(at int) int {
	at = s.lineEnd(at)
	switch {
	case strings.HasPrefix(s.text[at:], "\r\n"):
		return at + 2
	case at < len(s.text):
		return at + 1
	}
	return at
}

// line is the text of the line that begins at start, without its line break.
func (s *source) line(start int) string { return s.text[start:s.lineEnd(start)] }

// alone tells whether only spaces stand before at on its line.
func (s *source) alone(at int) bool {
	return strings.Trim(s.text[s.lineStart(at):at], " ") == ""
}

func blank(line string) bool { return strings.Trim(line, " \t") == "" }

func comment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") }

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// skip moves over white space, line breaks and comments.
func (s *source) skip(at int) int {
	for at < len(s.text) {
		switch s.text[at] {
		case ' ', '\t', '\r', '\n':
			at++
		case '#':
			at = s.lineEnd(at)
		default:
			return at
		}
	}
	return at
}
