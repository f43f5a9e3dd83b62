package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
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

// JUnit writes the report as JUnit XML, of the elements and attributes that the
// schema of Jenkins has: a suite for every area and a case for every check. A
// reader of it and the exit code agree: only what blocks is a failure; what could
// not be determined is an error, or skipped under --allow-unknown; other findings
// and waived ones stand in the output of their case.
func JUnit(w io.Writer, r *checks.Report, o Options) error {
	all := junitSuites{Name: r.Tool.Name}
	for _, suite := range junitSuitesOf(r, o) {
		all.add(suite)
	}
	return writeJUnit(w, all)
}

func junitSuitesOf(r *checks.Report, o Options) []junitSuite {
	var all []junitSuite
	if suite := noticeSuite(r); suite != nil {
		all = append(all, *suite)
	}
	for _, area := range everyArea(r.Results) {
		suite := junitSuite{Name: safetext.Line(area.name)}
		for _, result := range area.results {
			suite.add(junitCaseOf(r, result, o))
		}
		all = append(all, suite)
	}
	return all
}

func (s *junitSuites) add(suite junitSuite) {
	s.Tests += suite.Tests
	s.Failures += suite.Failures
	s.Errors += suite.Errors
	s.Suites = append(s.Suites, suite)
}

func writeJUnit(w io.Writer, all junitSuites) error {
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
	for _, note := range r.Notes {
		lines = append(lines, "note: "+safetext.Line(note))
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

func junitCaseOf(r *checks.Report, result checks.Result, o Options) junitCase {
	c := junitCase{Name: safetext.Line(result.ID + " " + result.Title), Class: safetext.Line(r.Tool.Name + "." + result.Area)}
	if result.DurationMS != nil {
		c.Time = fmt.Sprintf("%.4f", *result.DurationMS/1000)
	}
	causes := causesOf(r, result.ID)
	details := junitText(r, result, causes, o)
	undetermined := result.Status == checks.Unknown || result.Status == checks.Failed && result.Reason != ""
	switch {
	case result.Status == checks.Failed && r.Blocks(result.Severity):
		c.Failure = &junitDetail{Message: safetext.Prose(junitHeadline(causes)), Type: string(result.Severity), Text: details}
	case undetermined && r.AllowUnknown:
		c.Skipped = &junitDetail{Message: safetext.Prose("--allow-unknown: " + result.Reason)}
	case undetermined:
		c.Error = &junitDetail{Message: safetext.Prose(result.Reason), Type: string(checks.Unknown), Text: details}
	case result.Status == checks.Skipped:
		c.Skipped = &junitDetail{Message: safetext.Prose(result.Reason)}
	case details != "":
		c.Output = &junitOutput{details}
	}
	return c
}

// causesOf are the causes that findings of one check have.
func causesOf(r *checks.Report, id string) []*checks.Cause {
	var all []*checks.Cause
	for i := range r.Causes {
		if slices.Contains(r.Causes[i].Checks, id) {
			all = append(all, &r.Causes[i])
		}
	}
	return all
}

func junitHeadline(causes []*checks.Cause) string {
	certain := slices.DeleteFunc(slices.Clone(causes), func(c *checks.Cause) bool { return !c.Certain() })
	switch {
	case len(certain) == 0:
		return ""
	case len(certain) > 1:
		return fmt.Sprintf("%s (and %s more)", certain[0].Message, checks.Plural(len(certain)-1, "cause"))
	}
	return certain[0].Message
}

// junitText is the causes and the waived findings of a check as plain text, as
// in the text format.
func junitText(r *checks.Report, result checks.Result, causes []*checks.Cause, o Options) string {
	var b strings.Builder
	p := &textPrinter{printer{w: &b, paint: newPaint(false), width: DefaultWidth}}
	for _, c := range causes {
		p.linef("")
		p.cause(c, r, o)
	}
	for _, f := range result.Findings {
		if f.Waived != nil {
			p.linef("")
			p.hang("~ ", at(f), nil)
			p.labelled(2, "", f.Message)
			p.labelled(2, "waived: ", excuse(f.Waived))
		}
	}
	return b.String()
}
