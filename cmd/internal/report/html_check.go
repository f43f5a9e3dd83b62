package report

import (
	"cmp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// htmlCheck is one result with its findings.
type htmlCheck struct {
	checks.Result
	AreaName string
	State    string
	Findings []htmlFinding
	Blocking bool
	First    string
}

// htmlFinding is one finding of a check.
type htmlFinding struct {
	checks.Finding
	CheckID string
	State   string
	Place   string
	Hits    []string
	Fix     []htmlText
	Stacks  string
	Excerpt []Line
	// Shared says that its cause has the fix, as it has that of others.
	Shared bool
}

// htmlText is a part of a fix; what is to be pasted stands as code.
type htmlText struct {
	Code bool
	Text string
}

func checkView(r *checks.Report, result checks.Result, details *Details) htmlCheck {
	c := htmlCheck{Result: result, AreaName: cmp.Or(areaNames[result.Area], result.Area), State: string(result.Status)}
	if result.Status == checks.Failed {
		c.State = string(result.Severity)
	}
	shared := sharedFindings(r)
	for i, f := range result.Findings {
		view := findingView(result, f, details)
		if shared[&result.Findings[i]] {
			view.Shared, view.Excerpt = true, nil
		}
		if c.First == "" && open(f) && r.Blocks(result.Severity) {
			c.Blocking, c.First = true, view.Fix[0].Text
		}
		c.Findings = append(c.Findings, view)
	}
	return c
}

// sharedFindings are those that are not alone in their cause.
func sharedFindings(r *checks.Report) map[*checks.Finding]bool {
	shared := map[*checks.Finding]bool{}
	for i := range r.Causes {
		members := r.Causes[i].Members()
		for _, m := range members {
			shared[m.Finding] = len(members) > 1
		}
	}
	return shared
}

func findingView(r checks.Result, f checks.Finding, details *Details) htmlFinding {
	view := htmlFinding{Finding: f, CheckID: r.ID, State: string(r.Severity), Place: place(f), Hits: hits(f), Fix: parts(f.Fix)}
	switch {
	case f.Waived != nil:
		view.State = string(checks.Waived)
	case f.Undecided:
		view.State = string(checks.Unknown)
	}
	view.Stacks = strings.Join(stacksOf(f), " ")
	if details.Excerpt != nil && f.File != "" && f.Line > 0 {
		view.Excerpt, _ = details.Excerpt(f.File, f.Line)
	}
	return view
}

// parts splits a text into prose and indented lines to paste.
func parts(text string) []htmlText {
	var all []htmlText
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		code := strings.HasPrefix(line, " ")
		if n := len(all); n > 0 && all[n-1].Code == code {
			all[n-1].Text += "\n" + line
			continue
		}
		all = append(all, htmlText{code, line})
	}
	return all
}
