package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// printer writes lines, wraps text at the width, and keeps the first error.
type printer struct {
	w     io.Writer
	paint paint
	width int
	err   error
}

func (p *printer) linef(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

// wrapped writes text after an indent and a label, the following lines under
// the first word of the text.
func (p *printer) wrapped(indent int, label, text string) {
	pad := strings.Repeat(" ", indent)
	hang := pad + strings.Repeat(" ", utf8.RuneCountInString(label))
	lines := wrap(text, p.width-utf8.RuneCountInString(hang))
	for i, line := range lines {
		if i == 0 {
			p.linef("%s%s%s", pad, p.paint.dim.Sprint(label), line)
		} else {
			p.linef("%s%s", hang, line)
		}
	}
}

// wrap breaks text between words into lines of at most width columns. A word
// that is longer, such as a URL, stands alone and whole. Line breaks stay.
func wrap(text string, width int) []string {
	width = max(width, 20)
	var lines []string
	for paragraph := range strings.Lines(text) {
		paragraph = strings.TrimRight(paragraph, "\n")
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			switch {
			case line == "":
				line = leading(paragraph) + word
			case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
				line += " " + word
			default:
				lines, line = append(lines, line), word
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// leading keeps the indentation of a paragraph's first line: what a policy
// gives to paste keeps its shape.
func leading(paragraph string) string {
	return paragraph[:len(paragraph)-len(strings.TrimLeft(paragraph, " "))]
}
