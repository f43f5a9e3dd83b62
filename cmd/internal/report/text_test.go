package report_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

var escape = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestColourChangesNoLine(t *testing.T) {
	for _, width := range []int{40, 60, 100, 120} {
		for _, format := range []string{"text", "short"} {
			plain := render(t, format, report.Options{Width: width})
			coloured := render(t, format, report.Options{Width: width, Color: true})
			if bytes.Equal(plain, coloured) {
				t.Errorf("%s at %d: colour draws nothing", format, width)
			}
			if !bytes.Equal(plain, escape.ReplaceAll(coloured, nil)) {
				t.Errorf("%s at %d: the lines differ with colour", format, width)
			}
		}
	}
}

func TestTextKeepsToTheWidth(t *testing.T) {
	for line := range strings.Lines(string(render(t, "text", report.Options{Width: 60}))) {
		line = strings.TrimRight(line, "\n")
		unbreakable := !strings.Contains(strings.TrimLeft(line, " •?"), " ")
		pasted := strings.Contains(line, `"StringNotLike"`)
		link := strings.Contains(line, "see: ")
		ends := strings.HasSuffix(line, "^") || strings.Contains(line, " | ")
		if len([]rune(line)) > 60 && !unbreakable && !pasted && !link && !ends {
			t.Errorf("%d columns: %s", len([]rune(line)), line)
		}
	}
}

func TestMessagesDoNotSteerTheTerminal(t *testing.T) {
	r := everything()
	r.Results[0].Title = "a\x1b[2Jtitle\u202e"
	r.Results[0].Findings[0].Message = "clear\x1b[2J \u009b2J \u202egnirts and\rreturn"
	r.Results[2].Reason = "\x1b]0;owned\a"
	r.Causes = r.FindCauses()
	for _, name := range []string{"text", "short"} {
		format, err := report.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := format(&b, r, report.Options{}); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(b.String(), "\x1b\u009b\u202e\r\a") {
			t.Errorf("%s: a control character gets through: %q", name, b.String())
		}
	}
}

// leaveOut has three checks left out by --offline, and one that does not apply.
func leaveOut(r *checks.Report) {
	for i := range 4 {
		r.Results = append(r.Results, checks.Result{ID: "PF-OLD-00" + string(rune('1'+i)), Status: checks.Skipped, LeftOut: i > 0})
	}
	r.Summary = checks.Summarize(r.Results)
}

// unknown has so many checks that are unknown for want of a fact.
func unknown(r *checks.Report, n int) {
	for range n {
		r.Results = append(r.Results, checks.Result{ID: "PF-QTA-001", Status: checks.Unknown, Reason: "quotas: AccessDenied"})
	}
	r.Summary = checks.Summarize(r.Results)
}

func TestTheLastWord(t *testing.T) {
	for name, c := range map[string]struct {
		change  func(*checks.Report)
		offline bool
		want    []string
	}{
		"ready":   {func(*checks.Report) {}, false, []string{"READY"}},
		"offline": {leaveOut, true, []string{"NOTHING BLOCKING FOUND OFFLINE; 3 checks did not run.", "without --offline"}},
		"undecided with gaps": {func(r *checks.Report) {
			unknown(r, 1)
			r.ExitCode, r.Gaps = 3, []checks.Gap{{Fact: "iam.roles"}}
		}, false, []string{"UNDECIDED", "1 check could not be determined", "permissions"}},
		"undecided but allowed": {func(r *checks.Report) { unknown(r, 2) }, false, []string{"UNDECIDED", "--allow-unknown"}},
		"expired waiver":        {func(r *checks.Report) { r.ExitCode, r.ExpiredWaivers = 1, 1 }, false, []string{"BLOCKED: 1 waiver expired", "Renew or remove"}},
		"blocked offline":       {func(r *checks.Report) { *r = *everything() }, true, []string{"BLOCKED", "Offline: 1 check did not run."}},
		"undecided offline":     {func(r *checks.Report) { leaveOut(r); unknown(r, 1); r.ExitCode = 3 }, true, []string{"UNDECIDED", "Offline: 3 checks did not run."}},
		"only warnings count": {func(r *checks.Report) {
			*r = *everything()
			r.Results = r.Results[11:]
			r.Summary, r.FailOn = checks.Summarize(r.Results), checks.SeverityWarning
			r.Causes = r.FindCauses()
		}, false, []string{"BLOCKED: 1 cause stops this deployment (1 warning)", "First: Deploy v1.31.4", "(PF-UPG-002,"}},
		"a waived finding is not first": {func(r *checks.Report) {
			*r = *everything()
			r.Results = r.Results[6:7]
			fs := r.Results[0].Findings
			fs[0], fs[1] = fs[1], fs[0]
			fs[1].Cause.Fix.Text = "this comes first"
			r.Summary, r.Causes = checks.Summarize(r.Results), r.FindCauses()
		}, false, []string{"BLOCKED: 1 cause stops this deployment (1 error)", "First: this comes first"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := ready()
			c.change(r)
			var b bytes.Buffer
			if err := report.Text(&b, r, report.Options{Offline: c.offline}); err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if !strings.Contains(b.String(), want) {
					t.Errorf("%q is missing in\n%s", want, b.String())
				}
			}
			if c.offline && strings.Contains(b.String(), "READY") {
				t.Error("an offline verdict says ready")
			}
		})
	}
}
