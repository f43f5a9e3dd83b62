package report

import (
	"cmp"
	"encoding/json"
	"io"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

const (
	sarifSchema = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/main/sarif-2.1/schema/sarif-schema-2.1.0.json"
	projectURL  = "https://github.com/panther-preflight/panther-preflight"
	// sourceRoot is the base that every location is relative to: the root of
	// the repository.
	sourceRoot = "%SRCROOT%"
)

// SARIF writes the report as SARIF 2.1.0: a rule for every check that ran, a
// result for every cause, every waived finding and every check that could not be
// determined. Checks that passed are rules without results, because readers of
// SARIF show every result as a fault.
func SARIF(w io.Writer, r *checks.Report, o Options) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []*sarif.Run{sarifRun(r, o)}})
}

func sarifRun(r *checks.Report, o Options) *sarif.Run {
	run := sarif.NewRunWithInformationURI(r.Tool.Name, projectURL)
	run.Tool.Driver.WithVersion(r.Tool.Version)
	run.ColumnKind = pointer("unicodeCodePoints")
	for _, result := range r.Results {
		if result.Status == checks.Skipped {
			continue
		}
		index := len(run.Tool.Driver.Rules)
		run.Tool.Driver.AddRule(sarifRule(result))
		for _, one := range sarifResults(r, result, o) {
			run.AddResult(one.WithRuleIndex(index))
		}
	}
	run.AddInvocation(sarifInvocation(r))
	return run
}

// sarifLog is the document around the runs. The library's own drags a validator
// into the program that keeps the linker from leaving out what nobody calls.
type sarifLog struct {
	Schema  string       `json:"$schema"`
	Version string       `json:"version"`
	Runs    []*sarif.Run `json:"runs"`
}

var sarifLevels = map[checks.Severity]string{
	checks.SeverityError: "error", checks.SeverityWarning: "warning", checks.SeverityInfo: "note",
}

func sarifRule(r checks.Result) *sarif.ReportingDescriptor {
	help := r.Remediation + "\n\nSource: " + r.Source
	full := cmp.Or(r.Description, r.Title)
	rule := sarif.NewReportingDescriptor().
		WithID(r.ID).
		WithShortDescription(sarif.NewMultiformatMessageString().WithText(sarifText(r.Title))).
		WithFullDescription(sarif.NewMultiformatMessageString().WithText(sarifText(full))).
		WithHelp(sarif.NewMultiformatMessageString().
			WithText(sarifText(help + "\n\nSee: " + r.Docs)).
			WithMarkdown("**Fix:** " + safetext.Markdown(help) + "\n\n" + documentation(r.Docs))).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevels[r.Severity])).
		WithProperties(sarif.NewPropertyBag().AddTag("panther").AddTag(r.Area))
	if link, ok := safetext.Link(r.Docs); ok {
		rule.WithHelpURI(link)
	}
	return rule
}

// sarifText is a message in which nothing is a link: SARIF makes one of
// brackets that parentheses follow.
func sarifText(text string) string {
	return strings.ReplaceAll(safetext.Prose(text), "](", `]\u0028`)
}

func sarifWords(text string) *sarif.Message { return sarif.NewTextMessage(sarifText(text)) }

// sarifInvocation says how the run ended, and every fact that could not be read.
func sarifInvocation(r *checks.Report) *sarif.Invocation {
	run := sarif.NewInvocation().WithExecutionSuccessful(true).WithExitCode(r.ExitCode)
	for _, g := range r.Gaps {
		run.AddToolExecutionNotification(sarif.NewNotification().WithLevel("warning").
			WithMessage(sarifWords("could not be read: " + gapText(g))))
	}
	for _, n := range notices(r) {
		run.AddToolExecutionNotification(sarif.NewNotification().WithLevel("note").WithMessage(sarifWords(n.String())))
	}
	for _, note := range r.Notes {
		run.AddToolExecutionNotification(sarif.NewNotification().WithLevel("note").WithMessage(sarifWords(note)))
	}
	return run
}

func pointer[T any](v T) *T { return &v }
