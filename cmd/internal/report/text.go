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

// Text writes the report for a person at a terminal: a block for every cause,
// the most urgent first, then what was not found out, and what to do next.
// Unfolded it lists every finding and every check besides.
func Text(w io.Writer, r *checks.Report, o Options) error {
	p := &textPrinter{printer{w: w, paint: newPaint(o.Color), width: cmp.Or(o.Width, DefaultWidth)}}
	p.hang(p.paint.strong.Sprint("panther-preflight")+" ", target(r.Target, o.Offline), nil)
	for _, n := range notices(r) {
		p.labelled(0, n.label+": ", n.text)
	}
	for _, note := range r.Notes {
		p.labelled(0, "note: ", note)
	}
	for i := range r.Causes {
		p.linef("")
		p.cause(&r.Causes[i], r, o)
	}
	p.undetermined(r.Results)
	p.waived(r.Results)
	p.passed(r.Results, o.Unfold)
	p.skipped(r.Results)
	p.gaps(r.Gaps)
	p.linef("")
	for _, line := range counts(r) {
		p.hang("", line, nil)
	}
	last := verdict(r, o)
	p.linef("")
	p.hang("", last.headline, p.paint.verdict(r))
	for _, next := range last.next {
		p.labelled(2, "→ ", next)
	}
	return p.err
}

type textPrinter struct{ printer }

// heading begins a part of the report.
func (p *textPrinter) heading(text string) {
	p.linef("")
	p.linef("%s", p.paint.strong.Sprint(text))
}

// undetermined lists the checks that are unknown for want of a fact, once for
// every reason; those with findings have causes.
func (p *textPrinter) undetermined(results []checks.Result) {
	p.byReason("Could not be determined", "? ", results, incomplete)
}

// incomplete says that a check knows too little, and no finding of it says why.
func incomplete(r checks.Result) bool {
	return r.Status == checks.Unknown && len(r.Findings) == 0 || r.Status != checks.Skipped && strings.Contains(r.Reason, "could not be read: ")
}

// skipped lists what did not run, once for every reason.
func (p *textPrinter) skipped(results []checks.Result) {
	p.byReason("Did not run", "- ", results, func(r checks.Result) bool { return r.Status == checks.Skipped })
}

func (p *textPrinter) byReason(heading, mark string, results []checks.Result, keep func(checks.Result) bool) {
	groups := byReason(results, keep)
	if len(groups) == 0 {
		return
	}
	p.heading(heading)
	for _, g := range groups {
		p.labelled(2, mark, shortIDs(g.ids)+": "+g.reason)
	}
}

// reasonGroup is the checks that one reason holds for.
type reasonGroup struct {
	reason string
	ids    []string
}

func byReason(results []checks.Result, keep func(checks.Result) bool) []reasonGroup {
	var groups []reasonGroup
	for _, r := range results {
		if !keep(r) {
			continue
		}
		i := slices.IndexFunc(groups, func(g reasonGroup) bool { return g.reason == r.Reason })
		if i < 0 {
			i, groups = len(groups), append(groups, reasonGroup{reason: r.Reason})
		}
		groups[i].ids = append(groups[i].ids, r.ID)
	}
	return groups
}

// waived lists the findings that do not count, one line a check and reason.
func (p *textPrinter) waived(results []checks.Result) {
	first := true
	for _, r := range results {
		for _, group := range waivedGroups(r) {
			if first {
				p.heading("Waived")
				first = false
			}
			p.labelled(2, "~ ", r.ID+" "+group)
		}
	}
}

// waivedGroups are the waived findings of a check, those of one waiver together.
func waivedGroups(r checks.Result) []string {
	var order []string
	count, subject := map[string]int{}, map[string]string{}
	for _, f := range r.Findings {
		if f.Waived == nil {
			continue
		}
		reason := excuse(f.Waived)
		if count[reason] == 0 {
			order, subject[reason] = append(order, reason), at(f)
		}
		count[reason]++
	}
	for i, reason := range order {
		more := ""
		if n := count[reason] - 1; n > 0 {
			more = fmt.Sprintf(" and %s more", checks.Number(n))
		}
		order[i] = subject[reason] + more + ": " + reason
	}
	return order
}

// passed names the checks that found nothing. Their titles name the problem, so
// unfolded they stand under words that say it is not there.
func (p *textPrinter) passed(results []checks.Result, unfold bool) {
	var ids []string
	for _, r := range results {
		if r.Status == checks.Passed {
			ids = append(ids, r.ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	if !unfold {
		p.heading("Passed")
		p.labelled(2, p.paint.good.Sprint("✓ "), shortIDs(ids))
		return
	}
	p.heading("Passed: none of these was found")
	for _, r := range results {
		if r.Status == checks.Passed {
			p.hang(fmt.Sprintf("  %s  %s  ", p.paint.good.Sprint("✓"), safetext.Line(r.ID)), r.Title+timing(r), nil)
		}
	}
}

func timing(r checks.Result) string {
	if r.DurationMS == nil {
		return ""
	}
	return fmt.Sprintf("  (%.1f ms)", *r.DurationMS)
}

// shortIDs lists ids; those of one area repeat the number only.
func shortIDs(ids []string) string {
	var out []string
	area := ""
	for _, id := range ids {
		own, number := id, ""
		if i := strings.LastIndex(id, "-"); i > 0 {
			own, number = id[:i], id[i:]
		}
		if own == area {
			out = append(out, number)
		} else {
			out = append(out, id)
		}
		area = own
	}
	return strings.Join(out, ", ")
}

func (p *textPrinter) gaps(gaps []checks.Gap) {
	if len(gaps) == 0 {
		return
	}
	p.heading("Could not be read")
	for _, g := range gaps {
		p.labelled(2, "? ", gapText(g))
	}
}
