// Package glob compares texts with patterns in which a star stands for any text,
// also one with slashes, and a question mark for one character. It knows nothing
// of what the texts name and imports nothing of this module.
package glob

import (
	"strings"
	"unicode/utf8"
)

// Match tells whether the whole text fits the pattern.
func Match(pattern, text string) bool {
	star, mark := -1, 0 // the last star, and how far it reaches
	i, j := 0, 0
	for j < len(text) {
		switch {
		case i < len(pattern) && pattern[i] == '*':
			star, mark = i, j
			i++
		case i < len(pattern) && pattern[i] == '?':
			_, size := utf8.DecodeRuneInString(text[j:])
			i, j = i+1, j+size
		case i < len(pattern) && pattern[i] == text[j]:
			i, j = i+1, j+1
		case star >= 0:
			mark++
			i, j = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[i:], "*") == ""
}

// Fold is Match without regard to case.
func Fold(pattern, text string) bool {
	return Match(strings.ToLower(pattern), strings.ToLower(text))
}
