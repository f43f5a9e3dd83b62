package yamldoc

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// blankComments puts a space in the place of every character of a comment, so
// that everything else keeps its place. A text that is no JSON without its
// comments stays as it is: there the same characters may mean something else.
func blankComments(text []byte) ([]byte, []Place) {
	start := bytes.TrimLeft(text, " \t\r\n")
	if len(start) == 0 || start[0] != '{' && start[0] != '/' || json.Valid(text) {
		return text, nil
	}
	s := commentScanner{text: text, line: 1, column: 1}
	for s.at < len(s.text) {
		s.step()
	}
	if len(s.places) == 0 || !json.Valid(s.out) {
		return text, nil
	}
	return s.out, s.places
}

// commentScanner copies a JSON text without its comments.
type commentScanner struct {
	text, out        []byte
	at, line, column int
	places           []Place
}

func (s *commentScanner) step() {
	rest := s.text[s.at:]
	switch {
	case rest[0] == '"':
		s.take(stringEnd(rest), false)
	case rest[0] == '#' || bytes.HasPrefix(rest, []byte("//")):
		s.comment(lineEnd(rest))
	case bytes.HasPrefix(rest, []byte("/*")):
		end := len(rest)
		if i := bytes.Index(rest[2:], []byte("*/")); i >= 0 {
			end = i + 4
		}
		s.comment(end)
	default:
		_, size := utf8.DecodeRune(rest)
		s.take(size, false)
	}
}

func (s *commentScanner) comment(length int) {
	s.places = append(s.places, Place{s.line, s.column})
	s.take(length, true)
}

// take copies the next bytes, or as many spaces as they are characters.
func (s *commentScanner) take(length int, blank bool) {
	for end := s.at + length; s.at < end; {
		r, size := utf8.DecodeRune(s.text[s.at:])
		if blank && r != '\n' && r != '\r' {
			s.out = append(s.out, ' ')
		} else {
			s.out = append(s.out, s.text[s.at:s.at+size]...)
		}
		s.at += size
		if s.column++; r == '\n' {
			s.line, s.column = s.line+1, 1
		}
	}
}

// stringEnd is the length of the JSON string that text begins with.
func stringEnd(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"', '\n':
			return i + 1
		}
	}
	return len(text)
}

func lineEnd(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i
	}
	return len(text)
}
