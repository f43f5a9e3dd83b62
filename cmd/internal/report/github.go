package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// annotation is one workflow command of GitHub Actions.
type annotation struct {
	level, title, message string
	at                    placed
}

// annotationLimit is how many annotations of each level GitHub shows of a step.
const annotationLimit = 10

var annotationLevelsInOrder = []string{"error", "warning", "notice"}

// GitHub writes the causes as annotations of GitHub Actions, as many of each
// level as a step shows, and the whole report as job summary. Where there are
// more, the last one says how many.
func GitHub(w io.Writer, r *checks.Report, o Options) error {
	guard := safetext.NewWriter(w)
	p := &printer{w: guard}
	all := annotations(r, o)
	for _, level := range annotationLevelsInOrder {
		for _, a := range limited(all, level) {
			p.err = cmp.Or(p.err, guard.Ours("::"+a.level+" "))
			p.linef("%s", a)
		}
	}
	for _, line := range counts(r) {
		p.linef("%s", line)
	}
	p.linef("%s", verdict(r, o).headline)
	if p.err = cmp.Or(p.err, guard.Close()); p.err != nil || o.Summary == nil {
		return p.err
	}
	return writeSummary(o.Summary, r, o)
}

// limited are the annotations of a level, with the rest counted in the last.
func limited(all []annotation, level string) []annotation {
	var kept []annotation
	for _, a := range all {
		if a.level == level {
			kept = append(kept, a)
		}
	}
	if more := len(kept) - annotationLimit; more > 0 {
		kept = kept[:annotationLimit]
		last := &kept[annotationLimit-1]
		last.message += fmt.Sprintf("\nand %s more: the job summary has them all", checks.Number(more))
	}
	return kept
}

func annotations(r *checks.Report, o Options) []annotation {
	var all []annotation
	for _, n := range notices(r) {
		all = append(all, annotation{"notice", n.label, n.text, o.locate(n.at)})
	}
	for _, note := range r.Notes {
		all = append(all, annotation{"notice", "note", note, o.anchor()})
	}
	for i := range r.Causes {
		all = append(all, causeAnnotation(&r.Causes[i], o))
	}
	for _, result := range r.Results {
		title := result.ID + " " + result.Title
		if incomplete(result) {
			all = append(all, annotation{"warning", undetermined + title, result.Reason, o.anchor()})
		}
		for _, f := range result.Findings {
			if f.Waived != nil {
				all = append(all, annotation{"notice", "Waived: " + title, f.Subject + ": " + f.Message + "\nwaived: " + excuse(f.Waived), o.locate(f)})
			}
		}
	}
	return all
}

// undetermined begins the title of what is neither a finding nor passed.
const undetermined = "Could not be determined: "

func causeAnnotation(c *checks.Cause, o Options) annotation {
	a := annotation{annotationLevels[c.Severity], c.ID + " " + c.Title, c.Subject + ": " + c.Message, o.locate(findingOf(c))}
	if !c.Certain() {
		a.level, a.title = "warning", undetermined+a.title
	}
	if text := affects(c); text != "" {
		a.message += "\naffects: " + text
	}
	if c.Fix.Text != "" {
		a.message += "\nfix: " + c.Fix.Text
	}
	for _, other := range c.Fix.Alternatives {
		a.message += "\nor: " + other
	}
	return a
}

// findingOf is a cause where a finding is asked for: its subject and place.
func findingOf(c *checks.Cause) checks.Finding {
	return checks.Finding{Subject: c.Subject, File: c.File, Line: c.Line, Column: c.Column}
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
