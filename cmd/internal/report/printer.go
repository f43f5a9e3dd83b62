package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
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

// hang writes text after a prefix that may be painted, the following lines
// under the first word of the text. Text is wrapped first and painted then, so
// that what is drawn does not depend on colour.
func (p *printer) hang(prefix, text string, style *color.Color) {
	under := strings.Repeat(" ", columns(prefix))
	for i, line := range wrap(safetext.Prose(text), p.width-columns(prefix)) {
		if i > 0 {
			prefix = under
		}
		if style != nil && line != "" {
			line = style.Sprint(line)
		}
		p.linef("%s%s", prefix, line)
	}
}

// labelled writes text after an indent and a dim label.
func (p *printer) labelled(indent int, label, text string) {
	if label != "" {
		label = p.paint.dim.Sprint(label)
	}
	p.hang(strings.Repeat(" ", indent)+label, text, nil)
}
