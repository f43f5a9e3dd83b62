package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// htmlView is what the page shows.
type htmlView struct {
	Report        *checks.Report
	Title, Target string
	Verdict       string // blocked, undecided or ready
	Headline      string
	Offline       bool
	Next          []string
	Checks        []htmlCheck
	Areas         []string
	States        []htmlState
	Tree          *htmlStack
	Levels        []htmlLevel
	Matrix        htmlMatrix
	Waived        []htmlFinding
}

// htmlState is one box of the filter by status.
type htmlState struct {
	Name, Label string
	Count       int
	On          bool
}

// stateBoxes counts the checks by state. Those that passed or did not run are
// left out of sight at first, unless there is nothing else to see.
func stateBoxes(all []htmlCheck) []htmlState {
	boxes := []htmlState{
		{Name: "error", Label: "errors", On: true}, {Name: "warning", Label: "warnings", On: true},
		{Name: "info", Label: "infos", On: true}, {Name: "unknown", Label: "unknown", On: true},
		{Name: "waived", Label: "waived", On: true}, {Name: "skipped", Label: "did not run"}, {Name: "passed", Label: "passed"},
	}
	seen := 0
	for i := range boxes {
		for _, c := range all {
			if c.State == boxes[i].Name {
				boxes[i].Count++
			}
		}
		if boxes[i].On {
			seen += boxes[i].Count
		}
	}
	for i := range boxes {
		boxes[i].On = boxes[i].On || seen == 0
	}
	return boxes
}

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
}

// htmlText is a part of a fix; what is to be pasted stands as code.
type htmlText struct {
	Code bool
	Text string
}

func viewOf(r *checks.Report, o Options) *htmlView {
	last := verdict(r, o)
	v := &htmlView{
		Report: r, Target: target(r.Target, o.Offline), Verdict: verdictName(r),
		Headline: last.headline, Next: last.next, Offline: o.Offline,
	}
	v.Title = "panther-preflight: " + cmp.Or(r.Target.StackName, r.Target.Release, "report")
	details := o.Details
	if details == nil {
		details = &Details{}
	}
	for _, result := range r.Results {
		c := checkView(r, result, details)
		v.Checks = append(v.Checks, c)
		for _, f := range c.Findings {
			if f.Waived != nil {
				v.Waived = append(v.Waived, f)
			}
		}
		if !slices.Contains(v.Areas, c.AreaName) {
			v.Areas = append(v.Areas, c.AreaName)
		}
	}
	v.States = stateBoxes(v.Checks)
	v.Tree = treeOf(v.Checks, details.Stacks)
	v.Levels = levelsOf(v.Checks, details.Levels)
	v.Matrix = matrixOf(v.Checks, details)
	return v
}

func verdictName(r *checks.Report) string {
	switch {
	case r.ExitCode == 1:
		return "blocked"
	case r.ExitCode == 3 || r.Summary.Unknown > 0:
		return "undecided"
	}
	return "ready"
}

func checkView(r *checks.Report, result checks.Result, details *Details) htmlCheck {
	c := htmlCheck{Result: result, AreaName: cmp.Or(areaNames[result.Area], result.Area), State: string(result.Status)}
	if result.Status == checks.Failed {
		c.State = string(result.Severity)
	}
	for _, f := range result.Findings {
		view := findingView(result, f, details)
		if c.First == "" && open(f) && r.Blocks(result.Severity) {
			c.Blocking, c.First = true, view.Fix[0].Text
		}
		c.Findings = append(c.Findings, view)
	}
	return c
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
