package report

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// causeIndent is where the text of a cause begins.
const causeIndent = 8

// cause is one block: what is wrong and why, how much it affects, where it is,
// and the fix.
func (p *textPrinter) cause(c *checks.Cause, r *checks.Report, o Options) {
	title := c.Title
	if also := c.Checks[1:]; len(also) > 0 {
		title += " (also " + shortIDs(also) + ")"
	}
	p.hang(fmt.Sprintf("%s  %s  ", p.paint.ofCause(c), safetext.Line(c.ID)), title+timingsOf(c), p.paint.strong)
	p.labelled(causeIndent, "", c.Message)
	if len(c.Members()) == 1 && c.Fix.Kind != checks.FixStatement {
		p.field("found:    ", c.Members()[0].Finding.Found)
		p.field("expected: ", c.Members()[0].Finding.Expected)
	}
	p.field("affects:  ", affects(c))
	p.place(c, o)
	p.field("fix:      ", c.Fix.Text)
	for _, other := range c.Fix.Alternatives {
		p.field("or:       ", other)
	}
	if ownersDiffer(r.Causes) {
		p.field("owner:    ", owners[c.Owner])
	}
	p.field("see:      ", c.Docs)
	if o.Unfold {
		p.unfolded(c)
	}
}

func (p *textPrinter) field(label, text string) {
	if text != "" {
		p.labelled(causeIndent, label, text)
	}
}

// place is where the first finding is, with the line of the template under which
// a caret points at it.
func (p *textPrinter) place(c *checks.Cause, o Options) {
	at := placeOf(c.File, c.Line, c.Column)
	if at == "" {
		return
	}
	subject := c.Subject
	if places := c.Places(); len(places) > 0 {
		subject = places[0].Subject
	}
	at += " " + subject
	p.field("at:       ", safetext.Name(at))
	text, caret := sourceLine(c, o, p.width-causeIndent-2)
	if text != "" {
		indent := strings.Repeat(" ", causeIndent+2)
		p.linef("%s%s", indent, p.paint.dim.Sprint(text))
		p.linef("%s%s", indent, p.paint.fail.Sprint(caret))
	}
}

// sourceLine is the line of a template that a cause is about, cut to the width,
// and a line with a caret under its column. Both are empty where the line is not
// known or may not be shown.
func sourceLine(c *checks.Cause, o Options, width int) (text, caret string) {
	if o.Details == nil || o.Details.Excerpt == nil {
		return "", ""
	}
	lines, ok := o.Details.Excerpt(c.File, c.Line)
	if !ok {
		return "", ""
	}
	for _, l := range lines {
		if !l.Here {
			continue
		}
		runes := []rune(strings.ReplaceAll(safetext.Prose(strings.ReplaceAll(l.Text, "\t", " ")), "\n", " "))
		number := fmt.Sprintf("%d | ", l.Number)
		column := min(max(c.Column, 1)-1, len(runes))
		room := max(width-len(number), 20)
		if column >= room {
			runes, column = runes[column-room/2:], room/2
		}
		return number + string(runes[:min(room, len(runes))]), strings.Repeat(" ", len(number)-2) + "| " + strings.Repeat(" ", column) + "^"
	}
	return "", ""
}

// unfolded lists every finding of a cause.
func (p *textPrinter) unfolded(c *checks.Cause) {
	for _, m := range c.Members() {
		f := m.Finding
		mark := "• "
		if f.Undecided {
			mark = "? "
		}
		p.hang(strings.Repeat(" ", causeIndent)+mark, m.Result.ID+" "+at(*f), p.paint.strong)
		p.labelled(causeIndent+2, "", f.Message)
		if list := hitList(*f); list != "" {
			p.labelled(causeIndent+2, "affects:  ", list)
		}
		if f.Found != "" {
			p.labelled(causeIndent+2, "found:    ", f.Found)
		}
		if f.Expected != "" {
			p.labelled(causeIndent+2, "expected: ", f.Expected)
		}
		if f.Fix != c.Fix.Text && f.Fix != c.Fix.Statement {
			p.labelled(causeIndent+2, "fix:      ", f.Fix)
		}
	}
	p.field("statement: ", c.Fix.Statement)
}

// timingsOf is how long the checks of a cause took, where that was measured.
func timingsOf(c *checks.Cause) string { return timing(*c.Members()[0].Result) }
