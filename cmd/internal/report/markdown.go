package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// Markdown writes the report for a ticket or a job summary: the verdict and
// what to do first, then every check that has something to say.
func Markdown(w io.Writer, r *checks.Report, o Options) error {
	p := &markdownPrinter{printer{w: w}}
	p.opening(r, o)
	p.results("Findings", r.Results, func(r checks.Result) bool { return r.Status == checks.Failed })
	p.results("Could not be told", r.Results, func(r checks.Result) bool { return r.Status == checks.Unknown })
	p.results("Waived", r.Results, func(r checks.Result) bool { return r.Status == checks.Waived })
	p.gaps(r.Gaps)
	p.list("Did not run", r.Results, checks.Skipped)
	p.list("Passed", r.Results, checks.Passed)
	return p.err
}

// markdownBrief is the report without the details of findings.
func markdownBrief(w io.Writer, r *checks.Report, o Options) error {
	p := &markdownPrinter{printer{w: w}}
	p.opening(r, o)
	p.linef("The report is too large to show here; the other formats have all of it.\n")
	for _, status := range []checks.Status{checks.Failed, checks.Unknown} {
		p.list("Checks that are "+string(status), r.Results, status)
	}
	return p.err
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
	s := r.Summary
	p.linef("| passed | failed | unknown | skipped | waived | errors | warnings | infos |")
	p.linef("|--:|--:|--:|--:|--:|--:|--:|--:|")
	p.linef("| %d | %d | %d | %d | %d | %d | %d | %d |\n", s.Passed, s.Failed, s.Unknown, s.Skipped, s.Waived, s.Errors, s.Warnings, s.Infos)
	for _, n := range notices(r) {
		p.linef("> %s\n", safetext.Markdown(n.String()))
	}
	for _, note := range r.Notes {
		p.linef("> note: %s\n", safetext.Markdown(note))
	}
}

func (p *markdownPrinter) results(heading string, results []checks.Result, keep func(checks.Result) bool) {
	first := true
	for _, r := range results {
		if !keep(r) {
			continue
		}
		if first {
			p.linef("## %s\n", heading)
			first = false
		}
		p.linef("### %s %s (%s)\n", safetext.Markdown(r.ID), safetext.Markdown(r.Title), r.Severity)
		if len(r.Findings) == 0 {
			p.linef("%s", safetext.Markdown(r.Reason))
		}
		for _, f := range r.Findings {
			p.finding(f)
		}
		p.linef("\n%s\n", documentation(r.Docs))
	}
}

func (p *markdownPrinter) finding(f checks.Finding) {
	state := ""
	switch {
	case f.Waived != nil:
		state = " (waived)"
	case f.Undecided:
		state = " (could not be told)"
	}
	p.linef("- %s%s: %s", safetext.MarkdownCode(at(f)), state, markdownBlock(f.Message, "  "))
	if f.Waived != nil {
		p.linef("  - waived: %s", safetext.Markdown(excuse(f.Waived)))
	}
	if list := hitList(f); list != "" {
		p.linef("  - hits: %s", safetext.MarkdownCode(list))
	}
	for _, d := range []struct{ label, text string }{{"found", f.Found}, {"expected", f.Expected}} {
		if d.text != "" {
			p.linef("  - %s: %s", d.label, markdownBlock(d.text, "    "))
		}
	}
	p.linef("  - fix: %s", markdownBlock(f.Fix, "    "))
	p.linef("  - who: %s", owners[f.Owner])
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

func (p *markdownPrinter) list(heading string, results []checks.Result, status checks.Status) {
	var lines []string
	for _, r := range results {
		if r.Status != status {
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

// documentation is a link, or what stands where one belongs.
func documentation(address string) string {
	if link, ok := safetext.Link(address); ok {
		return "[Documentation](" + link + ")"
	}
	return "Documentation: " + safetext.MarkdownCode(address)
}

// markdownBlock is a text of which the indented lines are to be pasted: those
// stand in a code block.
func markdownBlock(text, indent string) string {
	var b strings.Builder
	fence, inCode := safetext.MarkdownFence(text), false
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if pasted := strings.HasPrefix(line, " "); pasted != inCode {
			fmt.Fprintf(&b, "\n%s%s", indent, fence)
			inCode = pasted
		}
		if b.Len() > 0 {
			b.WriteString("\n" + indent)
		}
		if inCode {
			b.WriteString(safetext.Prose(line))
		} else {
			b.WriteString(safetext.Markdown(line))
		}
	}
	if inCode {
		b.WriteString("\n" + indent + fence)
	}
	return b.String()
}
