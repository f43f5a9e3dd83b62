package report

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// github writes the rows, the annotations of all targets together, as many as a
// step shows, and the whole as job summary.
func (s fleet) github(w io.Writer, o Options) error {
	guard := safetext.NewWriter(w)
	p := &printer{w: guard, paint: newPaint(false)}
	s.rows(p)
	var all []annotation
	for _, row := range s.Targets {
		if row.Error != "" {
			all = append(all, annotation{level: "error", title: row.Environment + ": not judged", message: row.Error})
			continue
		}
		r, options := s.report(row.Environment)
		for _, a := range annotations(r, options) {
			a.title = row.Environment + ": " + a.title
			all = append(all, a)
		}
	}
	for _, level := range annotationLevelsInOrder {
		for _, a := range limited(all, level) {
			p.err = cmp.Or(p.err, guard.Ours("::"+a.level+" "))
			p.linef("%s", a)
		}
	}
	p.linef("%s", safetext.Line(s.headline()))
	if p.err = cmp.Or(p.err, guard.Close()); p.err != nil || o.Summary == nil {
		return p.err
	}
	summary := safetext.NewWriter(o.Summary)
	if err := s.markdown(summary, o); err != nil {
		return err
	}
	return summary.Close()
}

// sarif writes a run a target, in a category of its own: readers that know a
// category compare it with the one before.
func (s fleet) sarif(w io.Writer, _ Options) error {
	log := sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []*sarif.Run{}}
	for _, row := range s.Targets {
		r, options := s.report(row.Environment)
		if r == nil {
			r = &checks.Report{Tool: s.Tool, ExitCode: row.ExitCode, Notes: []string{"not judged: " + row.Error}}
		}
		run := sarifRun(r, options)
		run.Invocations[0].WithExecutionSuccessful(row.Error == "")
		run.WithAutomationDetails(sarif.NewRunAutomationDetails().WithID("panther-preflight/" + row.Environment + "/"))
		log.Runs = append(log.Runs, run)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(log)
}

// junit writes the targets as the first suite, a case each, then the suites of
// every target.
func (s fleet) junit(w io.Writer, _ Options) error {
	all := junitSuites{Name: s.Tool.Name}
	targets := junitSuite{Name: "Environments"}
	for _, row := range s.Targets {
		targets.add(s.junitRow(row))
	}
	all.add(targets)
	for i := range s.Reports {
		r := &s.Reports[i]
		for _, suite := range junitSuitesOf(r, s.options[i]) {
			suite.Name = safetext.Line(r.Environment) + ": " + suite.Name
			for n := range suite.Cases {
				suite.Cases[n].Class = s.Tool.Name + "." + safetext.Line(r.Environment) + suite.Cases[n].Class[len(s.Tool.Name):]
			}
			all.add(suite)
		}
	}
	return writeJUnit(w, all)
}

func (s fleet) junitRow(row checks.TargetRow) junitCase {
	c := junitCase{Name: safetext.Line(row.Environment), Class: s.Tool.Name + ".environments"}
	cells := s.cells(row)
	words := fmt.Sprintf("%s: %s", rowVerdicts[row.ExitCode], cells[len(cells)-1])
	switch row.ExitCode {
	case checks.ExitOK:
		c.Output = &junitOutput{safetext.Prose(words)}
	case checks.ExitFinding:
		c.Failure = &junitDetail{Message: safetext.Prose(words), Type: "blocked"}
	default:
		c.Error = &junitDetail{Message: safetext.Prose(words), Type: fmt.Sprintf("exit %d", row.ExitCode)}
	}
	return c
}

// gitlab writes the issues of all targets; the environment is part of each, and
// of its fingerprint.
func (s fleet) gitlab(w io.Writer, _ Options) error {
	issues := []codeQuality{}
	for _, row := range s.Targets {
		r, options := s.report(row.Environment)
		if r == nil {
			issues = append(issues, codeQuality{
				Description: row.Environment + ": not judged: " + row.Error, CheckName: s.Tool.Name, Severity: "blocker",
				Fingerprint: fingerprintOf(s.Tool.Name, row.Environment, 0), Location: qualityPlace{Path: fallback, Lines: qualityLines{Begin: 1}},
			})
			continue
		}
		for _, issue := range qualityIssues(r, options) {
			issue.Description = row.Environment + ": " + issue.Description
			issue.Fingerprint = fingerprintOf(row.Environment, issue.Fingerprint, 0)
			issues = append(issues, issue)
		}
	}
	return writeQuality(w, issues)
}
