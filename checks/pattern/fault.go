package pattern

import (
	"regexp"
	"strings"
)

// What makes a pattern one that no engine takes.
const (
	UnclosedGroup   = "unclosed_group"
	UnclosedClass   = "unclosed_class"
	UnopenedGroup   = "unopened_group"
	NothingToRepeat = "nothing_to_repeat"
	NoRepetition    = "no_repetition" // a brace that is no repetition
	LoneBackslash   = "lone_backslash"
)

// Fault is why Java refuses a pattern, or empty. What it is not sure of, such as
// a pattern with comments, it leaves to the deployment.
func Fault(pattern string) string {
	s := scanner{in: pattern}
	for s.at < len(s.in) {
		if fault, stop := s.step(); fault != "" || stop {
			return fault
		}
	}
	if s.depth > 0 {
		return UnclosedGroup
	}
	return ""
}

type scanner struct {
	in     string
	at     int
	depth  int  // groups that are open
	repeat bool // what stands before may be repeated
}

var (
	groupStart = regexp.MustCompile(`^\?(?:<[A-Za-z][A-Za-z0-9]*>|<=|<!|[:=!>]|[idmsuU-]*:?)`)
	counted    = regexp.MustCompile(`^\{[0-9]+(?:,[0-9]*)?\}`)
)

// step reads one construct. stop says that nothing more can be told.
func (s *scanner) step() (fault string, stop bool) {
	c := s.in[s.at]
	s.at++
	switch c {
	case '\\':
		return s.escape()
	case '[':
		s.repeat = true
		return s.class(), false
	case '(':
		return "", s.group()
	case ')':
		if s.depth--; s.depth < 0 {
			return UnopenedGroup, false
		}
		s.repeat = true
	case '|':
		s.repeat = false
	case '*', '+', '?':
		if !s.repeat {
			return NothingToRepeat, false
		}
		s.repeated()
	case '{':
		m := counted.FindString(s.in[s.at-1:])
		if m == "" {
			return NoRepetition, false
		}
		s.at += len(m) - 1
		s.repeated()
	default:
		s.repeat = true
	}
	return "", false
}

// repeated ends a repetition: ? makes it lazy, + possessive.
func (s *scanner) repeated() {
	if s.at < len(s.in) && (s.in[s.at] == '?' || s.in[s.at] == '+') {
		s.at++
	}
	s.repeat = false
}

func (s *scanner) escape() (fault string, stop bool) {
	if s.at == len(s.in) {
		return LoneBackslash, false
	}
	if s.in[s.at] == 'Q' {
		_, rest, closed := strings.Cut(s.in[s.at:], `\E`)
		if s.at = len(s.in) - len(rest); !closed {
			s.at = len(s.in)
		}
	} else {
		s.at++
	}
	s.repeat = true
	return "", false
}

// group reads the beginning of a group. stop is true for a form that is not
// known, and for comments.
func (s *scanner) group() (stop bool) {
	s.depth++
	s.repeat = false
	if s.at == len(s.in) || s.in[s.at] != '?' {
		return false
	}
	m := groupStart.FindString(s.in[s.at:])
	if len(m) < 2 {
		return true
	}
	s.at += len(m)
	return false
}

// class reads a class with those inside of it. The first ] is a member.
func (s *scanner) class() string {
	if s.at < len(s.in) && s.in[s.at] == '^' {
		s.at++
	}
	for first := true; s.at < len(s.in); first = false {
		c := s.in[s.at]
		s.at++
		switch {
		case c == '\\':
			if _, _ = s.escape(); s.at > len(s.in) {
				return UnclosedClass
			}
		case c == '[':
			if fault := s.class(); fault != "" {
				return fault
			}
		case c == ']' && !first:
			return ""
		}
	}
	return UnclosedClass
}
