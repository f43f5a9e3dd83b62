package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// fleet is a run over several targets as formats draw it: a row a target
// first, then the report of each that has one.
type fleet struct {
	*checks.Fleet
	options []Options // of the reports
}

// severalFormats draw several targets, under the names of the formats.
var severalFormats = map[string]func(fleet, io.Writer, Options) error{
	"github":   fleet.github,
	"gitlab":   fleet.gitlab,
	"html":     fleet.html,
	"json":     fleet.json,
	"junit":    fleet.junit,
	"markdown": fleet.markdown,
	"sarif":    fleet.sarif,
	"short":    fleet.short,
	"text":     fleet.text,
}

// Several writes the report of several targets. Drawn are the options of each
// report; colour, width and the job summary are those of the run.
func Several(format string, w io.Writer, f *checks.Fleet, drawn []Options, o Options) error {
	draw, ok := severalFormats[format]
	if !ok {
		return fmt.Errorf("the format %q is none of %s", format, strings.Join(Names(), ", "))
	}
	s := fleet{Fleet: f}
	for _, one := range drawn {
		one.Color, one.Width, one.Unfold, one.Summary = o.Color, o.Width, one.Unfold || o.Unfold, nil
		s.options = append(s.options, one)
	}
	if format == "github" { // guards itself: its commands are ours
		return draw(s, w, o)
	}
	g := safetext.NewWriter(w)
	g.Colour = o.Color && (format == "text" || format == "short")
	if err := draw(s, g, o); err != nil {
		return err
	}
	return g.Close()
}

func (s fleet) json(w io.Writer, _ Options) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(s.Fleet)
}

// report is the report of a target with its options, nil where it has none.
func (s fleet) report(environment string) (*checks.Report, Options) {
	for i := range s.Reports {
		if s.Reports[i].Environment == environment {
			return &s.Reports[i], s.options[i]
		}
	}
	return nil, Options{}
}

// rowVerdicts are the words for the exit code of a target.
var rowVerdicts = map[int]string{
	checks.ExitOK: "nothing blocking", checks.ExitFinding: "BLOCKED", checks.ExitUnknown: "UNDECIDED",
	checks.ExitUsage: "NOT JUDGED", checks.ExitInternal: "NOT JUDGED",
}

// rowHeads are the columns of the table of targets, and cells those of a row.
var rowHeads = []string{"environment", "exit", "verdict", "errors", "warnings", "unknown", "target"}

func (s fleet) cells(row checks.TargetRow) []string {
	cells := []string{safetext.Name(row.Environment), fmt.Sprint(row.ExitCode), rowVerdicts[row.ExitCode]}
	if row.Error != "" {
		return append(cells, "", "", "", firstLine(row.Error))
	}
	r, o := s.report(row.Environment)
	return append(cells, checks.Number(row.Summary.Errors), checks.Number(row.Summary.Warnings), checks.Number(r.Undetermined()), target(row.Target, o.Offline))
}

// headline is the last word of the run: how many targets came to what, the worst
// first, by name where they are few.
func (s fleet) headline() string {
	var parts []string
	for _, group := range []struct {
		words string
		codes []int
	}{
		{"not judged", []int{checks.ExitInternal, checks.ExitUsage}},
		{"blocked", []int{checks.ExitFinding}},
		{"undecided", []int{checks.ExitUnknown}},
		{"with nothing blocking", []int{checks.ExitOK}},
	} {
		var names []string
		for _, row := range s.Targets {
			for _, code := range group.codes {
				if row.ExitCode == code {
					names = append(names, safetext.Name(row.Environment))
				}
			}
		}
		if len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%s %s (%s)", checks.Number(len(names)), group.words, few(names)))
		}
	}
	return fmt.Sprintf("%s: %s.", checks.Plural(len(s.Targets), "environment"), strings.Join(parts, ", "))
}
