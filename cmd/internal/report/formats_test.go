package report_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

func TestWhatIsWaivedStandsInEveryFormat(t *testing.T) {
	for _, name := range report.Names() {
		if text := string(render(t, name, report.Options{Summary: io.Discard})); !strings.Contains(text, "CustomDomain") {
			t.Errorf("%s does not show a waived finding", name)
		} else if name != "short" && !strings.Contains(text, "2027-01-31") {
			t.Errorf("%s does not say until when a waiver holds", name)
		}
	}
}

func TestFormatsAreDeterministic(t *testing.T) {
	for _, name := range report.Names() {
		if !bytes.Equal(render(t, name, report.Options{}), render(t, name, report.Options{})) {
			t.Errorf("%s draws the same report in two ways", name)
		}
	}
}

func TestNoMessageBecomesAWorkflowCommand(t *testing.T) {
	r := everything()
	r.Results[4].Findings[0].Message = "one\n::error::two\r::warning::three\r\n::stop-commands::x"
	r.Results[4].Findings[1].Subject = "a\n::set-output name=x::y"
	r.Results[0].Title = "title::error file=x,line=1::\n::error::gotcha"
	r.Results[2].Reason = "\n::add-mask::e"
	r.Notes = []string{"::group::x"}
	var b bytes.Buffer
	if err := report.GitHub(&b, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	commands := 0
	for line := range strings.Lines(b.String()) {
		if !strings.HasPrefix(line, "::") {
			if strings.Contains(line, "::") {
				t.Errorf("a plain line holds a command: %s", line)
			}
			continue
		}
		commands++
		level, _, _ := strings.Cut(strings.TrimPrefix(line, "::"), " ")
		if level != "error" && level != "warning" && level != "notice" {
			t.Errorf("a command of another kind: %s", line)
		}
	}
	if commands != 11 {
		t.Errorf("%d commands, want 11", commands)
	}
}

func TestTheWorstAnnotationsComeFirst(t *testing.T) {
	text := string(render(t, "github", report.Options{}))
	if e, w, n := strings.LastIndex(text, "::error f"), strings.Index(text, "::warning "), strings.Index(text, "::notice "); e > w || w > n {
		t.Errorf("error %d, warning %d, notice %d", e, w, n)
	}
}

func TestTheJobSummaryKeepsToItsLimit(t *testing.T) {
	var summary bytes.Buffer
	render(t, "github", report.Options{Summary: &summary})
	if !strings.Contains(summary.String(), "# panther-preflight: upgrade of panther-prod") {
		t.Errorf("no summary: %s", &summary)
	}
	r := everything()
	for i := range 5000 {
		f := r.Results[4].Findings[0]
		f.Subject = fmt.Sprintf("parameter:P%d", i)
		r.Results[4].Findings = append(r.Results[4].Findings, f)
	}
	summary.Reset()
	if err := report.GitHub(io.Discard, r, report.Options{Summary: &summary}); err != nil {
		t.Fatal(err)
	}
	if summary.Len() > 1<<19 || !strings.Contains(summary.String(), "too large") || !strings.Contains(summary.String(), "PF-PRM-002") {
		t.Errorf("%d bytes: %.300s", summary.Len(), &summary)
	}
}

func TestMarkdownTakesNoMarkupOfAMessage(t *testing.T) {
	r := everything()
	r.Results[4].Findings[0].Message = "<img src=x> [a](javascript:b) @everyone `x` | y\n# head\n  ```\n  ::code"
	var b bytes.Buffer
	if err := report.Markdown(&b, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "\n# head") {
		t.Error("a heading gets through")
	}
	onlyDocumentation(t, b.String(), r)
}

func TestJUnitIsXMLAndAgreesWithTheExitCode(t *testing.T) {
	r := everything()
	r.Results[4].Findings[0].Message = "]]> \x00\x1b & <x>"
	for _, failOn := range []checks.Severity{"", checks.SeverityError, checks.SeverityWarning} {
		r.FailOn = failOn
		var b bytes.Buffer
		if err := report.JUnit(&b, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		var parsed struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Errors   int `xml:"errors,attr"`
			Skipped  int `xml:"skipped,attr"`
		}
		if err := xml.Unmarshal(b.Bytes(), &parsed); err != nil {
			t.Fatalf("%v in %s", err, &b)
		}
		failures := 3
		if failOn == checks.SeverityWarning {
			failures = 4
		}
		if parsed.Tests != 11 || parsed.Failures != failures || parsed.Errors != 2 || parsed.Skipped != 2 {
			t.Errorf("fail on %q: %+v", failOn, parsed)
		}
	}
}
