package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Text writes the report for a person at a terminal: the checks by area, one
// line each, the findings under them, what did not run, and what to do next.
func Text(w io.Writer, r *checks.Report, o Options) error {
	p := &textPrinter{printer: printer{w: w, paint: newPaint(o.Color), width: cmp.Or(o.Width, DefaultWidth)}}
	p.wrapped(0, "", p.paint.strong.Sprint("panther-preflight")+"  "+target(r.Target, o.Offline))
	for _, note := range r.Notes {
		p.wrapped(0, "note: ", note)
	}
	for _, area := range areas(r.Results) {
		p.linef("")
		p.linef("%s", p.paint.strong.Sprint(area.name))
		for _, result := range area.results {
			p.result(result)
		}
	}
	p.skipped(r.Results)
	p.gaps(r.Gaps)
	p.linef("")
	p.linef("%s", counts(r.Summary))
	last := verdict(r, o)
	p.linef("")
	p.wrapped(0, "", p.headline(r, last.headline))
	for _, next := range last.next {
		p.wrapped(2, "→ ", next)
	}
	return p.err
}

type textPrinter struct{ printer }

func (p *textPrinter) headline(r *checks.Report, text string) string {
	switch {
	case r.ExitCode == 1:
		return p.paint.fail.Sprint(text)
	case r.ExitCode == 3 || r.Summary.Unknown > 0:
		return p.paint.warn.Sprint(text)
	}
	return p.paint.good.Sprint(text)
}

func target(t checks.Target, offline bool) string {
	parts := []string{t.Phase}
	if t.StackName != "" {
		parts[0] += " of " + t.StackName
	}
	release := t.Release
	if t.From != "" && release != "" {
		release = t.From + " → " + release
	}
	for _, part := range []string{release, t.Region, t.Account} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if offline {
		parts = append(parts, "offline: no AWS call is made")
	}
	return strings.Join(parts, ", ")
}

type areaResults struct {
	name    string
	results []checks.Result
}

// areaNames are the headings; an area of a custom policy is its own.
var areaNames = map[string]string{
	"TGT": "Target", "STK": "Stack", "PRM": "Parameters", "SCP": "Organization policies", "IAM": "Permissions",
	"ROL": "Deployment role", "OLD": "Leftovers", "CHN": "AWS China", "UPG": "Upgrade", "TPL": "Templates", "QTA": "Quotas",
}

func areas(results []checks.Result) []areaResults {
	var all []areaResults
	for _, r := range results {
		if r.Status == checks.Skipped {
			continue
		}
		name := cmp.Or(areaNames[r.Area], r.Area)
		i := slices.IndexFunc(all, func(a areaResults) bool { return a.name == name })
		if i < 0 {
			i, all = len(all), append(all, areaResults{name: name})
		}
		all[i].results = append(all[i].results, r)
	}
	return all
}

func (p *textPrinter) result(r checks.Result) {
	title := r.Title
	if r.DurationMS != nil {
		title += p.paint.dim.Sprintf("  %.1f ms", *r.DurationMS)
	}
	p.linef("  %s  %s  %s", p.paint.mark(r), r.ID, title)
	if r.Reason != "" && (r.Status == checks.Unknown || r.Status == checks.Failed) {
		p.wrapped(10, "", r.Reason)
	}
	alike := alike(r.Findings)
	for _, f := range r.Findings {
		p.finding(r, f, alike)
	}
	if alike && len(r.Findings) > 0 {
		p.advice(r, r.Findings[0])
	}
	if len(r.Findings) > 0 || r.Status == checks.Unknown {
		p.wrapped(10, "see: ", r.Docs)
	}
}

// alike says that all findings are mended the same way, so that how is said
// once.
func alike(fs []checks.Finding) bool {
	return len(fs) > 1 && !slices.ContainsFunc(fs, func(f checks.Finding) bool {
		return f.Fix != fs[0].Fix || f.Owner != fs[0].Owner || f.Expected != fs[0].Expected
	})
}

func (p *textPrinter) finding(r checks.Result, f checks.Finding, alike bool) {
	mark := "• "
	if f.Undecided {
		mark = "? "
	}
	p.linef("%s%s%s", strings.Repeat(" ", 10), mark, p.paint.strong.Sprint(at(f)))
	p.wrapped(12, "", f.Message)
	if f.Waived != nil {
		p.wrapped(12, "waived: ", fmt.Sprintf("%s (until %s, %s)", f.Waived.Reason, f.Waived.Expires, f.Waived.Owner))
	}
	if f.Found != "" {
		p.wrapped(12, "found:    ", f.Found)
	}
	if !alike {
		p.advice(r, f)
	}
}

func (p *textPrinter) advice(r checks.Result, f checks.Finding) {
	indent := 12
	if len(r.Findings) > 1 && alike(r.Findings) {
		indent = 10
	}
	if f.Expected != "" {
		p.wrapped(indent, "expected: ", f.Expected)
	}
	p.wrapped(indent, "fix:      ", f.Fix)
	p.wrapped(indent, "who:      ", owners[f.Owner])
}

var owners = map[checks.Owner]string{
	checks.OwnerYou:       "you",
	checks.OwnerVendor:    "the vendor",
	checks.OwnerTransform: "panther-preflight transform does it",
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
		p.wrapped(2, "- ", fmt.Sprintf("%s: %s", strings.Join(ids[reason], ", "), reason))
	}
}

func (p *textPrinter) gaps(gaps []checks.Gap) {
	if len(gaps) == 0 {
		return
	}
	p.linef("")
	p.linef("%s", p.paint.strong.Sprint("Could not be read"))
	for _, g := range gaps {
		text := g.Fact + ": " + g.Reason
		if g.Action != "" {
			text += ", needs " + g.Action
		}
		p.wrapped(2, "? ", text)
	}
}
