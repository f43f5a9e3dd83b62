package report_test

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
	"github.com/panther-preflight/panther-preflight/internal/testing/safetest"
)

// foreign is a report, and what is drawn beside it, of which every text is the
// same foreign one. Of our own checks the ids and areas stay: formats know them.
func foreign(text string, line int) (*checks.Report, *report.Details) {
	r := everything()
	r.Target.Recorded, r.Gate = &checks.Recorded{}, []checks.GateChange{{}}
	for i := range r.Results {
		for j := range r.Results[i].Findings {
			f := &r.Results[i].Findings[j]
			f.Line = line
			f.Evidence = map[string]any{"resources": []any{map[string]any{"subject": text}, map[string]any{"subject": text}}, "level": text, "actions": []any{text}}
			if f.Waived != nil {
				f.Waived = &checks.Waiver{}
			}
		}
	}
	fill(reflect.ValueOf(r).Elem(), text)
	r.Tool = checks.Tool{Name: "panther-preflight", Version: "0.1.0"}
	for i, own := range everything().Results {
		if own.ID != "CORP-TAG-001" { // of a custom policy
			r.Results[i].ID, r.Results[i].Area = own.ID, own.Area
		}
	}
	d := details()
	d.Stacks = append(d.Stacks, report.Stack{Path: text, File: text, Exists: true})
	d.Levels, d.Services = append(d.Levels, report.Level{Name: text, Policies: []report.Policy{{Name: text, Title: text, Kind: text}}}), []string{text}
	d.Excerpt = func(string, int) ([]report.Line, bool) {
		return []report.Line{{Number: 1, Text: text, Here: true}}, true
	}
	return r, d
}

// fill sets every text of a value, those of fields to come too; words that are
// one of a few have types of their own and stay.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(text)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fill(v.Elem(), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), text)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	}
}

// draw draws a report in a format; the job summary counts as one more.
func draw(t *testing.T, name, text string, line int, colour bool) string {
	t.Helper()
	r, d := foreign(text, line)
	var b, summary bytes.Buffer
	o := report.Options{Width: 60, Details: d, Summary: io.Discard, Color: colour}
	if name == "summary" {
		name, o.Summary = "github", &summary
	}
	format, err := report.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := format(&b, r, o); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if summary.Len() > 0 {
		return summary.String()
	}
	return b.String()
}

// onlyText fails where a format writes more than text: a character that steers
// or is not seen, a command of a CI runner, colour where none was asked for.
func onlyText(t *testing.T, name, drawn string) {
	t.Helper()
	if !utf8.ValidString(drawn) {
		t.Errorf("%s is no UTF-8", name)
	}
	if i := strings.IndexFunc(drawn, func(r rune) bool { return safetext.Unseen(r) && r != '\n' && r != '\t' }); i >= 0 {
		t.Errorf("%s writes %q", name, drawn[i:min(i+20, len(drawn))])
	}
	for _, taken := range safetest.Commands(drawn) {
		if name != "github" || taken.Runner != "github" || !annotations.MatchString(taken.Line) {
			t.Errorf("%s: %s takes %q for a command", name, taken.Runner, taken.Line)
		}
	}
}

var annotations = regexp.MustCompile(`^::(error|warning|notice) (file=[^,:]*,line=\d+,(col=\d+,)?)?title=[^,:]*::`)

// onlyDocumentation fails where a page of Markdown has more that is live than
// the links of the checks to their documentation.
func onlyDocumentation(t *testing.T, page string, r *checks.Report) {
	t.Helper()
	live, err := safetest.Live(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range live {
		known := false
		for _, result := range r.Results {
			address, ok := safetext.Link(result.Docs)
			known = known || ok && (l == address || l == strings.ReplaceAll(address, "&", "&amp;"))
		}
		if !known {
			t.Errorf("%q is live in\n%s", l, page)
		}
	}
}

func TestColoursAreOnlyOurs(t *testing.T) {
	for _, name := range []string{"text", "short"} {
		attack := "a\x1b[35;5mb\x1b[0m\x1b[31;1mc \x1b]0;t\a"
		drawn := draw(t, name, attack, 1, true)
		if shown := draw(t, name, strings.ReplaceAll(attack, "\x1b", `\u001b`), 1, true); drawn != shown {
			t.Errorf("%s draws colours of a text:\n%q", name, drawn)
		}
		if !strings.Contains(drawn, "\x1b[") || !strings.Contains(drawn, `\u001b[35;5m`) {
			t.Errorf("%s: %q", name, drawn)
		}
	}
}

func TestOnlyHTTPSOfACheckIsALink(t *testing.T) {
	r := everything()
	bad := []string{"javascript:alert(1)", "http://evil.example", "data:text/html,x", "file:///etc/passwd", "https://u@evil.example", "https://ok.example/) [x](http://evil.example"}
	for i := range r.Results {
		r.Results[i].Docs = bad[i%len(bad)]
	}
	r.Results[4].Docs = docs + "good"
	r.Causes = r.FindCauses()
	for _, name := range []string{"markdown", "html", "sarif"} {
		format, err := report.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := format(&b, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		for _, to := range links(b.String()) {
			if to != docs+"good" {
				t.Errorf("%s links to %q", name, to)
			}
		}
		if !strings.Contains(b.String(), docs+"good") {
			t.Errorf("%s has no link", name)
		}
		switch name {
		case "markdown":
			onlyDocumentation(t, b.String(), r)
		case "sarif":
			for _, m := range sarifMarkdown.FindAllStringSubmatch(b.String(), -1) {
				var page string
				if err := json.Unmarshal([]byte(m[1]), &page); err != nil {
					t.Fatal(err)
				}
				onlyDocumentation(t, page, r)
			}
		}
	}
}

// links are those of the html and the sarif format, but for those within a page.
func links(drawn string) []string {
	var to []string
	for _, m := range link.FindAllStringSubmatch(drawn, -1) {
		to = append(to, strings.ReplaceAll(html.UnescapeString(m[1]), `\u0026`, "&"))
	}
	return to
}

var (
	link          = regexp.MustCompile(`(?:<a href="|"helpUri": ")([^#"][^"]*)`)
	sarifMarkdown = regexp.MustCompile(`"markdown": ("(?:[^"\\]|\\.)*")`)
	sarifLink     = regexp.MustCompile(`"text": "[^"]*\]\(`)
)

func TestAMessageOfSARIFHasNoLink(t *testing.T) {
	drawn := draw(t, "sarif", "see [this](http://evil.example)", 1, false)
	if sarifLink.MatchString(drawn) || !strings.Contains(drawn, `[this]\\u0028http`) {
		t.Error(drawn)
	}
}
