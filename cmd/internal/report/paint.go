package report

import (
	"github.com/fatih/color"

	"github.com/panther-preflight/panther-preflight/checks"
)

// paint colours words. Every mark also says in letters what it means, so that
// nothing is lost without colour.
type paint struct {
	fail, warn, info, good, dim, strong *color.Color
}

func newPaint(on bool) paint {
	make := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return paint{
		fail: make(color.FgRed, color.Bold), warn: make(color.FgYellow), info: make(color.FgCyan),
		good: make(color.FgGreen), dim: make(color.Faint), strong: make(color.Bold),
	}
}

// ofCause is the mark of a cause.
func (p paint) ofCause(c *checks.Cause) string {
	if !c.Certain() {
		return p.warn.Sprint("? UNKN")
	}
	return p.severity(c.Severity)
}

func (p paint) severity(s checks.Severity) string {
	switch s {
	case checks.SeverityError:
		return p.fail.Sprint("✗ FAIL")
	case checks.SeverityWarning:
		return p.warn.Sprint("! warn")
	}
	return p.info.Sprint("i info")
}

// verdict is the colour of the last word.
func (p paint) verdict(r *checks.Report) *color.Color {
	switch r.Verdict() {
	case checks.VerdictBlocked:
		return p.fail
	case checks.VerdictUndetermined:
		return p.warn
	}
	return p.good
}
