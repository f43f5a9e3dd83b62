// Package safetext writes text that others chose (templates, policies, answers
// of AWS, keys, file names, errors that quote them) so that a terminal, a CI
// runner or a Markdown page takes it for text and nothing else. It owns which
// characters are shown instead of written, which lines a CI runner obeys, and
// what is markup, and how a URL is shown that has credentials in it. Of anything
// else it drops nothing without a trace, and it knows no format: what stands
// where is the business of the packages that write.
//
// What may not be written is shown as JSON escapes it, \u202e, beyond the
// basic plane as two of them. A byte that is no UTF-8 is \xff. In JSON text
// the escape is the character, so JSON loses nothing.
package safetext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Prose is text of one or more lines: a line break stays, a tab is a space, and
// what steers a terminal or is not seen is shown as its escape. Credentials of a
// URL are not shown.
func Prose(text string) string {
	text = HideCredentials(text)
	if plain(text) {
		return text
	}
	out := make([]byte, 0, len(text)+16)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			out = appendByte(out, text[i])
		case r == '\r' && strings.HasPrefix(text[i+1:], "\n"):
		case r == '\n':
			out = append(out, '\n')
		case r == '\t':
			out = append(out, ' ')
		case Unseen(r):
			out = appendEscape(out, r)
		default:
			out = append(out, text[i:i+size]...)
		}
		i += size
	}
	return string(out)
}

// Line is a sentence without line breaks: what parts its words is one space.
func Line(text string) string {
	return strings.Join(strings.Fields(Prose(text)), " ")
}

// Name is a file, a key, a subject: in one line like Line, but a line break or
// a tab in a name is part of it, and so is shown.
func Name(text string) string {
	text = HideCredentials(text)
	if plain(text) {
		return text
	}
	return Prose(inName.Replace(text))
}

var inName = strings.NewReplacer("\n", `\u000a`, "\r", `\u000d`, "\t", `\u0009`)

// Unseen says that a character steers what shows it or leaves no mark: control,
// format and bidi characters, line separators, variation selectors, fillers,
// and code points without a meaning that all agree on.
func Unseen(r rune) bool {
	return !unicode.IsGraphic(r) || r == brailleBlank ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r)
}

// brailleBlank is a symbol by its category and nothing to the eye.
const brailleBlank = '\u2800'

// plain says that every byte is a printable character of ASCII.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}
