package report

import (
	"cmp"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

func (s fleet) text(w io.Writer, o Options) error {
	p := &printer{w: w, paint: newPaint(o.Color), width: cmp.Or(o.Width, DefaultWidth)}
	p.hang(p.paint.strong.Sprint("panther-preflight")+" ", s.headline(), nil)
	p.linef("")
	s.rows(p)
	return s.each(p, w, Text)
}

func (s fleet) short(w io.Writer, o Options) error {
	p := &printer{w: w, paint: newPaint(o.Color)}
	s.rows(p)
	return s.each(p, w, Short)
}

// each writes the report of every target under its name, and the headline last.
func (s fleet) each(p *printer, w io.Writer, format Format) error {
	for i := range s.Reports {
		p.linef("")
		p.linef("%s", p.paint.strong.Sprint("== "+safetext.Line(s.Reports[i].Environment)+" =="))
		if p.err == nil {
			p.err = format(w, &s.Reports[i], s.options[i])
		}
	}
	p.linef("")
	p.linef("%s", safetext.Line(s.headline()))
	return p.err
}

// rows writes the table of targets. The last column may be long: it is not
// aligned, and wrapped where there is a width.
func (s fleet) rows(p *printer) {
	table := [][]string{rowHeads}
	for _, row := range s.Targets {
		table = append(table, s.cells(row))
	}
	widths := make([]int, len(rowHeads)-1)
	for _, cells := range table {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(cells[i]))
		}
	}
	for n, cells := range table {
		var b strings.Builder
		for i, width := range widths {
			pad := strings.Repeat(" ", width-utf8.RuneCountInString(cells[i]))
			if cell := cells[i]; i >= 3 {
				b.WriteString(pad + cell + "  ")
			} else {
				b.WriteString(p.rowPaint(n, i, cell, s.Targets) + pad + "  ")
			}
		}
		if p.width == 0 {
			p.linef("%s%s", b.String(), safetext.Line(cells[len(widths)]))
			continue
		}
		p.hang(b.String(), cells[len(widths)], nil)
	}
}

// rowPaint colours the verdict of a row; the first row is the heads.
func (p *printer) rowPaint(n, column int, cell string, rows []checks.TargetRow) string {
	if n == 0 || column != 2 {
		return cell
	}
	switch rows[n-1].ExitCode {
	case checks.ExitOK:
		return p.paint.good.Sprint(cell)
	case checks.ExitUnknown:
		return p.paint.warn.Sprint(cell)
	}
	return p.paint.fail.Sprint(cell)
}
