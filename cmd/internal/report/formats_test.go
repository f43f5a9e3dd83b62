package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
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
	r.Causes = r.FindCauses()
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
	if commands != 12 {
		t.Errorf("%d commands, want 12", commands)
	}
}

func TestTheWorstAnnotationsComeFirst(t *testing.T) {
	text := string(render(t, "github", report.Options{}))
	if e, w, n := strings.LastIndex(text, "::error f"), strings.Index(text, "::warning "), strings.Index(text, "::notice "); e > w || w > n {
		t.Errorf("error %d, warning %d, notice %d", e, w, n)
	}
}

// crowded is a report of very many causes of every kind.
func crowded() *checks.Report {
	r := everything()
	for i := range 3000 {
		for _, result := range []int{4, 7, 11} {
			f := r.Results[result].Findings[0]
			f.Subject = fmt.Sprintf("parameter:P%d-%d", result, i)
			r.Results[result].Findings = append(r.Results[result].Findings, f)
		}
	}
	r.Causes = r.FindCauses()
	return r
}

func TestMarkdownKeepsToItsLimit(t *testing.T) {
	r := crowded()
	for i := range 2000 {
		r.Gaps = append(r.Gaps, checks.Gap{Fact: fmt.Sprintf("fact-%d", i), Reason: "AccessDenied"})
	}
	var page, summary bytes.Buffer
	if err := report.Markdown(&page, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := report.GitHub(io.Discard, r, report.Options{Summary: &summary}); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"the page": page.String(), "the job summary": summary.String()} {
		if len(text) > 60_000 || len(text) < 40_000 {
			t.Errorf("%s has %d characters", name, len(text))
		}
		for _, want := range []string{"# panther-preflight: upgrade of panther-prod", "## What to fix", "causes are not shown here", "the other formats have", "The lists go on"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
	}
	shown := strings.Count(page.String(), "\n### ")
	if want := fmt.Sprintf("%d of %s", shown, checks.Plural(len(r.Causes), "cause")); shown == 0 || !strings.Contains(page.String(), "The first "+want) {
		t.Errorf("%d causes are shown whole, and the page does not say %q", shown, want)
	}
}

func TestGitHubShowsTenOfEachLevel(t *testing.T) {
	var b bytes.Buffer
	if err := report.GitHub(&b, crowded(), report.Options{}); err != nil {
		t.Fatal(err)
	}
	for level, kept := range map[string]int{"error": 10, "warning": 10, "notice": 3} {
		if n := strings.Count("\n"+b.String(), "\n::"+level+" "); n > 10 || n < kept {
			t.Errorf("%d annotations of the level %s", n, level)
		}
	}
	if n := strings.Count(b.String(), "more: the job summary has them all"); n != 2 {
		t.Errorf("%d annotations say that there are more", n)
	}
}

func TestNotesAreInEveryFormat(t *testing.T) {
	r := ready()
	r.Notes = []string{"the waiver of PF-UPG-002 expired"}
	for _, name := range report.Names() {
		format, err := report.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := format(&b, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), "the waiver of PF-UPG-002 expired") {
			t.Errorf("%s does not have the note:\n%s", name, &b)
		}
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
	for _, failOn := range []checks.Severity{"", checks.SeverityError, checks.SeverityWarning} {
		for _, allowed := range []bool{false, true} {
			r := everything()
			r.Results[4].Findings[0].Message = "]]> \x00\x1b & <x>"
			r.FailOn, r.AllowUnknown, r.Causes = failOn, allowed, r.FindCauses()
			var b bytes.Buffer
			if err := report.JUnit(&b, r, report.Options{}); err != nil {
				t.Fatal(err)
			}
			var parsed struct {
				Tests    int `xml:"tests,attr"`
				Failures int `xml:"failures,attr"`
				Errors   int `xml:"errors,attr"`
			}
			if err := xml.Unmarshal(b.Bytes(), &parsed); err != nil {
				t.Fatalf("%v in %s", err, &b)
			}
			failures, errors := 3, 2
			if failOn == checks.SeverityWarning {
				failures = 4
			}
			if allowed {
				errors = 0
			}
			if parsed.Tests != 12 || parsed.Failures != failures || parsed.Errors != errors {
				t.Errorf("fail on %q, unknown allowed %v: %+v", failOn, allowed, parsed)
			}
			if n := strings.Count(b.String(), "<skipped "); n != 5-errors {
				t.Errorf("%d cases are skipped", n)
			}
		}
	}
}

// jenkins is what the schema of Jenkins for JUnit, junit-10.xsd, has: attributes
// and elements by element.
var jenkins = map[string]struct{ attributes, inside string }{
	"testsuites": {"name time tests failures errors", "testsuite"},
	"testsuite":  {"name tests failures errors group time skipped timestamp hostname id package file log url", "testsuite properties testcase system-out system-err"},
	"testcase":   {"name time classname group", "skipped error failure system-out system-err"},
	"failure":    {"type message", ""},
	"error":      {"type message", ""},
	"skipped":    {"type message", ""},
	"system-out": {"", ""},
}

func TestJUnitIsOfTheSchemaOfJenkins(t *testing.T) {
	for _, r := range []*checks.Report{everything(), ready(), replayed(), crowded()} {
		var b bytes.Buffer
		if err := report.JUnit(&b, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(&b)
		var open []string
		for {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch e := token.(type) {
			case xml.StartElement:
				name := e.Name.Local
				rule, known := jenkins[name]
				if !known || len(open) > 0 && !slices.Contains(strings.Fields(jenkins[open[len(open)-1]].inside), name) {
					t.Fatalf("%s inside %v", name, open)
				}
				has := map[string]bool{}
				for _, a := range e.Attr {
					has[a.Name.Local] = true
					if !slices.Contains(strings.Fields(rule.attributes), a.Name.Local) {
						t.Fatalf("%s has the attribute %s", name, a.Name.Local)
					}
				}
				if name == "testsuite" && !(has["name"] && has["tests"] && has["failures"] && has["errors"]) || name == "testcase" && !has["name"] {
					t.Fatalf("%s lacks a required attribute", name)
				}
				open = append(open, name)
			case xml.EndElement:
				open = open[:len(open)-1]
			}
		}
	}
}

func TestEveryGitLabIssueHasWhatGitLabAsks(t *testing.T) {
	for _, r := range []*checks.Report{everything(), ready(), replayed(), crowded()} {
		var b bytes.Buffer
		if err := report.GitLab(&b, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		var issues []struct {
			Description, Fingerprint, Severity string
			CheckName                          string `json:"check_name"`
			Location                           struct {
				Path  string
				Lines struct{ Begin int }
			}
		}
		if err := json.Unmarshal(b.Bytes(), &issues); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, i := range issues {
			if i.Description == "" || i.CheckName == "" || i.Location.Path == "" || i.Location.Lines.Begin < 1 || seen[i.Fingerprint] ||
				!slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, i.Severity) {
				t.Fatalf("%+v", i)
			}
			seen[i.Fingerprint] = true
		}
	}
}
