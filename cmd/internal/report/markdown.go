package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// markdownLimit is below what a comment on a pull request may have, 65,536
// characters, with room for what a workflow writes around it.
const markdownLimit = 60_000

// Markdown writes the report for a ticket, a comment or a job summary: the
// verdict, then the causes, the most urgent first. What does not fit is left out
// whole, from the end, and said.
func Markdown(w io.Writer, r *checks.Report, o Options) error {
	_, err := io.WriteString(w, markdownWithin(r, o, markdownLimit))
	return err
}

func markdownWithin(r *checks.Report, o Options, limit int) string {
	opening, rest := markdownPart(func(p *markdownPrinter) { p.opening(r, o) }), markdownPart(func(p *markdownPrinter) { p.rest(r) })
	room := limit - len(opening) - min(len(rest), limit/4) - markdownNote
	causes, left := markdownCauses(r, o, room)
	if left > 0 {
		causes += fmt.Sprintf("The first %s of %s; %s causes are not shown here, as there is no room: the other formats have them.\n\n",
			checks.Number(len(r.Causes)-left), checks.Plural(len(r.Causes), "cause"), checks.Number(left))
	}
	if room = limit - len(opening) - len(causes) - markdownNote; len(rest) > room {
		rest = upToLine(rest, room) + "\nThe lists go on in the json and html formats.\n"
	}
	return opening + causes + rest
}

// markdownNote is room for saying what is left out.
const markdownNote = 200

// markdownCauses are as many whole causes as there is room for, and how many
// are left.
func markdownCauses(r *checks.Report, o Options, room int) (text string, left int) {
	if len(r.Causes) == 0 {
		return "", 0
	}
	text = "## What to fix\n\n"
	for i := range r.Causes {
		one := markdownPart(func(p *markdownPrinter) { p.cause(i+1, &r.Causes[i], r, o) })
		if len(text)+len(one) > room {
			return text, len(r.Causes) - i
		}
		text += one
	}
	return text, 0
}

// markdownPart is what a part of the report writes.
func markdownPart(write func(*markdownPrinter)) string {
	var b strings.Builder
	write(&markdownPrinter{printer{w: &b}})
	return b.String()
}

// upToLine is as many whole lines of a text as there is room for.
func upToLine(text string, room int) string {
	if room < 0 {
		return ""
	}
	text = text[:min(room, len(text))]
	return text[:strings.LastIndexByte(text, '\n')+1]
}

type markdownPrinter struct{ printer }

func (p *markdownPrinter) opening(r *checks.Report, o Options) {
	last := verdict(r, o)
	p.linef("# panther-preflight: %s\n", safetext.Markdown(target(r.Target, o.Offline)))
	p.linef("**%s**\n", safetext.Markdown(last.headline))
	for _, next := range last.next {
		p.linef("- %s", markdownBlock(next, "  "))
	}
	if len(last.next) > 0 {
		p.linef("")
	}
	for _, line := range counts(r) {
		p.linef("%s  ", safetext.Markdown(line))
	}
	p.linef("")
	for _, n := range notices(r) {
		p.linef("> %s\n", safetext.Markdown(n.String()))
	}
	for _, note := range r.Notes {
		p.linef("> note: %s\n", safetext.Markdown(note))
	}
}

func (p *markdownPrinter) cause(n int, c *checks.Cause, r *checks.Report, o Options) {
	state := string(c.Severity)
	if !c.Certain() {
		state = "could not be determined"
	}
	p.linef("### %d. %s %s (%s)\n", n, safetext.Markdown(strings.Join(c.Checks, ", ")), safetext.Markdown(c.Title), state)
	p.linef("%s\n", safetext.Markdown(c.Message))
	if text := affects(c); text != "" {
		p.linef("- affects: %s", safetext.MarkdownCode(text))
	}
	if c.File != "" {
		p.linef("- at: %s", safetext.MarkdownCode(causeAt(c)))
	}
	if len(c.Members()) == 1 && c.Fix.Kind != checks.FixStatement {
		f := c.Members()[0].Finding
		for _, d := range []struct{ label, text string }{{"found", f.Found}, {"expected", f.Expected}} {
			if d.text != "" {
				p.linef("- %s: %s", d.label, markdownBlock(d.text, "  "))
			}
		}
	}
	p.linef("- fix: %s", markdownBlock(c.Fix.Text, "  "))
	for _, other := range c.Fix.Alternatives {
		p.linef("- or: %s", markdownBlock(other, "  "))
	}
	if ownersDiffer(r.Causes) {
		p.linef("- owner: %s", owners[c.Owner])
	}
	if c.Fix.Statement != "" {
		p.linef("- the whole new statement: %s", markdownBlock("\n "+c.Fix.Statement, "  "))
	}
	p.linef("\n%s\n", documentation(c.Docs))
}

// rest is everything that is no cause.
func (p *markdownPrinter) rest(r *checks.Report) {
	p.list("Could not be determined", r.Results, incomplete)
	p.waived(r.Results)
	p.gaps(r.Gaps)
	p.skipped(r.Results)
	p.list("Passed: none of these was found", r.Results, func(r checks.Result) bool { return r.Status == checks.Passed })
}

func (p *markdownPrinter) waived(results []checks.Result) {
	first := true
	for _, r := range results {
		for _, f := range r.Findings {
			if f.Waived == nil {
				continue
			}
			if first {
				p.linef("## Waived\n")
				first = false
			}
			p.linef("- %s %s: %s; waived: %s", safetext.Markdown(r.ID), safetext.MarkdownCode(at(f)), safetext.Markdown(firstLine(f.Message)), safetext.Markdown(excuse(f.Waived)))
		}
	}
	if !first {
		p.linef("")
	}
}

// skipped lists what did not run, once for every reason: a title would say that
// its problem was found.
func (p *markdownPrinter) skipped(results []checks.Result) {
	groups := byReason(results, func(r checks.Result) bool { return r.Status == checks.Skipped })
	if len(groups) == 0 {
		return
	}
	p.linef("## Did not run\n")
	for _, g := range groups {
		p.linef("- %s: %s", safetext.Markdown(shortIDs(g.ids)), safetext.Markdown(g.reason))
	}
	p.linef("")
}

func (p *markdownPrinter) gaps(gaps []checks.Gap) {
	if len(gaps) == 0 {
		return
	}
	p.linef("## Could not be read\n")
	p.linef("| fact | reason | missing permission |")
	p.linef("|---|---|---|")
	for _, g := range gaps {
		action := ""
		if g.Action != "" {
			action = safetext.MarkdownCode(g.Action)
		}
		p.linef("| %s | %s | %s |", safetext.Markdown(g.Fact), safetext.Markdown(g.Reason), action)
	}
	p.linef("")
}

func (p *markdownPrinter) list(heading string, results []checks.Result, keep func(checks.Result) bool) {
	var lines []string
	for _, r := range results {
		if !keep(r) {
			continue
		}
		line := "- " + safetext.Markdown(r.ID+" "+r.Title)
		if r.Reason != "" {
			line += ": " + safetext.Markdown(r.Reason)
		}
		lines = append(lines, line)
	}
	if len(lines) > 0 {
		p.linef("## %s\n\n%s\n", heading, strings.Join(lines, "\n"))
	}
}
