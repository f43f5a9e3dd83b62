package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Cases    []junitCase  `xml:"testcase"`
	Output   *junitOutput `xml:"system-out"`
}

type junitCase struct {
	Name    string       `xml:"name,attr"`
	Class   string       `xml:"classname,attr"`
	Time    string       `xml:"time,attr,omitempty"`
	Failure *junitDetail `xml:"failure"`
	Error   *junitDetail `xml:"error"`
	Skipped *junitDetail `xml:"skipped"`
	Output  *junitOutput `xml:"system-out"`
}

type junitOutput struct {
	Text string `xml:",cdata"`
}

type junitDetail struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",cdata"`
}

// JUnit writes the report as JUnit XML: a suite for every area and a case for
// every check. Only what blocks is a failure, so that a reader of JUnit and the
// exit code agree; what could not be told is an error; other findings and
// waived ones stand in the output of their case.
func JUnit(w io.Writer, r *checks.Report, _ Options) error {
	all := junitSuites{Name: r.Tool.Name}
	if suite := noticeSuite(r); suite != nil {
		all.Suites = append(all.Suites, *suite)
	}
	for _, area := range everyArea(r.Results) {
		suite := junitSuite{Name: safetext.Line(area.name)}
		for _, result := range area.results {
			suite.add(junitCaseOf(r, result))
		}
		all.Tests += suite.Tests
		all.Failures += suite.Failures
		all.Errors += suite.Errors
		all.Skipped += suite.Skipped
		all.Suites = append(all.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// noticeSuite is a suite without a case: it holds what is true of the whole run.
func noticeSuite(r *checks.Report) *junitSuite {
	var lines []string
	for _, n := range notices(r) {
		lines = append(lines, safetext.Line(n.String()))
	}
	if len(lines) == 0 {
		return nil
	}
	return &junitSuite{Name: "Run", Output: &junitOutput{strings.Join(lines, "\n")}}
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func junitCaseOf(r *checks.Report, result checks.Result) junitCase {
	c := junitCase{Name: safetext.Line(result.ID + " " + result.Title), Class: safetext.Line(r.Tool.Name + "." + result.Area)}
	if result.DurationMS != nil {
		c.Time = fmt.Sprintf("%.4f", *result.DurationMS/1000)
	}
	details := junitText(result)
	switch {
	case result.Status == checks.Failed && r.Blocks(result.Severity):
		c.Failure = &junitDetail{Message: safetext.Prose(junitHeadline(result)), Type: string(result.Severity), Text: details}
	case result.Status == checks.Unknown:
		c.Error = &junitDetail{Message: safetext.Prose(result.Reason), Type: string(checks.Unknown), Text: details}
	case result.Status == checks.Skipped:
		c.Skipped = &junitDetail{Message: safetext.Prose(result.Reason)}
	case details != "":
		c.Output = &junitOutput{details}
	}
	return c
}

func junitHeadline(r checks.Result) string {
	var messages []string
	for _, f := range r.Findings {
		if open(f) {
			messages = append(messages, f.Message)
		}
	}
	if more := len(messages) - 1; more > 0 {
		return fmt.Sprintf("%s (and %d more)", messages[0], more)
	}
	return strings.Join(messages, "")
}

// junitText is the findings as plain text, as in the text format.
func junitText(r checks.Result) string {
	var b strings.Builder
	p := &textPrinter{printer{w: &b, paint: newPaint(false), width: DefaultWidth}}
	for _, f := range r.Findings {
		p.linef("")
		p.finding(f)
		p.advice(12, f)
	}
	return b.String()
}
