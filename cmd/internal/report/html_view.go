package report

import (
	"cmp"
	"slices"

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
		{Name: "waived", Label: "waived", On: true}, {Name: "skipped", Label: "skipped"}, {Name: "passed", Label: "passed"},
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
	switch r.Verdict() {
	case checks.VerdictBlocked:
		return "blocked"
	case checks.VerdictUndetermined:
		return "undecided"
	}
	return "ready"
}
