package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// Text writes the report for a person at a terminal: the checks by area, one
// line each, the findings under them, what did not run, and what to do next.
func Text(w io.Writer, r *checks.Report, o Options) error {
	p := &textPrinter{printer{w: w, paint: newPaint(o.Color), width: cmp.Or(o.Width, DefaultWidth)}}
	p.hang(p.paint.strong.Sprint("panther-preflight")+" ", target(r.Target, o.Offline), nil)
	for _, n := range notices(r) {
		p.labelled(0, n.label+": ", n.text)
	}
	for _, note := range r.Notes {
		p.labelled(0, "note: ", note)
	}
	for _, area := range areas(r.Results) {
		p.linef("")
		p.linef("%s", p.paint.strong.Sprint(safetext.Line(area.name)))
		for _, result := range area.results {
			p.result(result)
		}
	}
	p.skipped(r.Results)
	p.gaps(r.Gaps)
	p.linef("")
	p.hang("", counts(r.Summary), nil)
	last := verdict(r, o)
	p.linef("")
	p.hang("", last.headline, p.paint.verdict(r))
	for _, next := range last.next {
		p.labelled(2, "→ ", next)
	}
	return p.err
}

type textPrinter struct{ printer }

func (p *textPrinter) result(r checks.Result) {
	title := r.Title
	if r.DurationMS != nil {
		title += fmt.Sprintf("  (%.1f ms)", *r.DurationMS)
	}
	p.hang(fmt.Sprintf("  %s  %s  ", p.paint.mark(r), safetext.Line(r.ID)), title, nil)
	if len(r.Findings) == 0 && r.Status == checks.Unknown {
		p.labelled(10, "", r.Reason)
	}
	alike := alike(r.Findings)
	for _, f := range r.Findings {
		p.finding(f)
		if !alike {
			p.advice(12, f)
		}
	}
	if alike {
		p.advice(10, r.Findings[0])
	}
	if len(r.Findings) > 0 || r.Status == checks.Unknown {
		p.labelled(10, "see: ", r.Docs)
	}
}

// alike says that all findings are mended the same way, so that how is said
// once.
func alike(fs []checks.Finding) bool {
	return len(fs) > 1 && !slices.ContainsFunc(fs, func(f checks.Finding) bool {
		return f.Fix != fs[0].Fix || f.Owner != fs[0].Owner || f.Expected != fs[0].Expected
	})
}

func (p *textPrinter) finding(f checks.Finding) {
	mark := "• "
	if f.Undecided {
		mark = "? "
	}
	p.hang(strings.Repeat(" ", 10)+mark, at(f), p.paint.strong)
	p.labelled(12, "", f.Message)
	if f.Waived != nil {
		p.labelled(12, "waived:   ", excuse(f.Waived))
	}
	if list := hitList(f); list != "" {
		p.labelled(12, "hits:     ", list)
	}
	if f.Found != "" {
		p.labelled(12, "found:    ", f.Found)
	}
}

func (p *textPrinter) advice(indent int, f checks.Finding) {
	if f.Expected != "" {
		p.labelled(indent, "expected: ", f.Expected)
	}
	p.labelled(indent, "fix:      ", f.Fix)
	p.labelled(indent, "who:      ", owners[f.Owner])
}

// skipped lists what did not run, once for every reason.
func (p *textPrinter) skipped(results []checks.Result) {
	var reasons []string
	ids := map[string][]string{}
	for _, r := range results {
		if r.Status != checks.Skipped {
			continue
		}
		if ids[r.Reason] == nil {
			reasons = append(reasons, r.Reason)
		}
		ids[r.Reason] = append(ids[r.Reason], r.ID)
	}
	if len(reasons) == 0 {
		return
	}
	p.linef("")
	p.linef("%s", p.paint.strong.Sprint("Did not run"))
	for _, reason := range reasons {
		p.labelled(2, "- ", fmt.Sprintf("%s: %s", strings.Join(ids[reason], ", "), reason))
	}
}

func (p *textPrinter) gaps(gaps []checks.Gap) {
	if len(gaps) == 0 {
		return
	}
	p.linef("")
	p.linef("%s", p.paint.strong.Sprint("Could not be read"))
	for _, g := range gaps {
		p.labelled(2, "? ", gapText(g))
	}
}
