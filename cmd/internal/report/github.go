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

// annotation is one workflow command of GitHub Actions.
type annotation struct {
	level, title, message string
	at                    placed
}

var annotationRanks = map[string]int{"error": 0, "warning": 1, "notice": 2}

// GitHub writes the findings as annotations of GitHub Actions, the worst first
// because a step shows only the first ten of each kind, and the whole report as
// job summary.
func GitHub(w io.Writer, r *checks.Report, o Options) error {
	annotations := slices.SortedStableFunc(slices.Values(annotations(r, o)), func(a, b annotation) int {
		return cmp.Compare(annotationRanks[a.level], annotationRanks[b.level])
	})
	guard := safetext.NewWriter(w)
	p := &printer{w: guard}
	for _, a := range annotations {
		p.err = cmp.Or(p.err, guard.Ours("::"+a.level+" "))
		p.linef("%s", a)
	}
	p.linef("%s", counts(r.Summary))
	p.linef("%s", verdict(r, o).headline)
	if p.err = cmp.Or(p.err, guard.Close()); p.err != nil || o.Summary == nil {
		return p.err
	}
	return writeSummary(o.Summary, r, o)
}

func annotations(r *checks.Report, o Options) []annotation {
	var all []annotation
	for _, n := range notices(r) {
		all = append(all, annotation{"notice", n.label, n.text, o.locate(n.at)})
	}
	for _, result := range r.Results {
		title := result.ID + " " + result.Title
		if result.Status == checks.Unknown && len(result.Findings) == 0 {
			all = append(all, annotation{"warning", "Could not be told: " + title, result.Reason, o.anchor()})
		}
		for _, f := range result.Findings {
			a := annotation{annotationLevels[result.Severity], title, f.Subject + ": " + f.Message + "\nfix: " + f.Fix, o.locate(f)}
			switch {
			case f.Waived != nil:
				a.level, a.title, a.message = "notice", "Waived: "+title, a.message+"\nwaived: "+excuse(f.Waived)
			case f.Undecided:
				a.level, a.title = "warning", "Could not be told: "+title
			}
			all = append(all, a)
		}
	}
	return all
}

var annotationLevels = map[checks.Severity]string{
	checks.SeverityError: "error", checks.SeverityWarning: "warning", checks.SeverityInfo: "notice",
}

// String is the workflow command after its name. What ends a property or a command is
// escaped, so that no message can smuggle in another one.
func (a annotation) String() string {
	var properties []string
	add := func(name, value string) {
		properties = append(properties, name+"="+inProperty.Replace(safetext.Line(value)))
	}
	if a.at.file != "" {
		add("file", a.at.file)
		add("line", fmt.Sprint(max(a.at.line, 1)))
		if a.at.column > 0 {
			add("col", fmt.Sprint(a.at.column))
		}
	}
	add("title", a.title)
	return fmt.Sprintf("%s::%s", strings.Join(properties, ","), inMessage.Replace(safetext.Prose(a.message)))
}

var (
	inMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	inProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
