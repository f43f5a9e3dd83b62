package report

import (
	"strings"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// columns is how wide a text is drawn: colour takes no place.
func columns(text string) int {
	return utf8.RuneCountInString(safetext.Uncoloured(text))
}

// wrap breaks text between words into lines of at most width columns. A word
// that is longer, such as a URL, stands alone and whole. Line breaks stay, and
// so does an indented line: it is there to be pasted.
func wrap(text string, width int) []string {
	width = max(width, 20)
	var lines []string
	for paragraph := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if strings.HasPrefix(paragraph, " ") {
			lines = append(lines, strings.TrimRight(paragraph, " "))
			continue
		}
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			switch {
			case line == "":
				line = word
			case columns(line)+1+columns(word) <= width:
				line += " " + word
			default:
				lines, line = append(lines, line), word
			}
		}
		lines = append(lines, line)
	}
	return lines
}
