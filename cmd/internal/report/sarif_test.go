package report_test

import (
	"bytes"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

func sarifOf(t *testing.T, r *checks.Report, o report.Options) *sarif.Run {
	t.Helper()
	var b bytes.Buffer
	if err := report.SARIF(&b, r, o); err != nil {
		t.Fatal(err)
	}
	log, err := sarif.FromBytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Validate(); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

func TestSARIFIsValid(t *testing.T) {
	for _, r := range []*checks.Report{everything(), ready()} {
		sarifOf(t, r, report.Options{})
		sarifOf(t, r, report.Options{Repository: repository{}})
	}
}

func TestSARIFSaysWhatTheReportSays(t *testing.T) {
	run := sarifOf(t, everything(), report.Options{Repository: repository{}})
	levels, suppressed := map[string]int{}, 0
	for _, r := range run.Results {
		levels[r.Kind+" "+r.Level]++
		suppressed += len(r.Suppressions)
		if rule := run.Tool.Driver.Rules[r.RuleIndex]; *rule.ID != *r.RuleID || rule.Help == nil || rule.HelpURI == nil {
			t.Errorf("%s has the rule %s", *r.RuleID, *rule.ID)
		}
	}
	want := map[string]int{"fail error": 5, "fail warning": 2, "fail note": 1, "open none": 3}
	for kind, n := range want {
		if levels[kind] != n {
			t.Errorf("%d results are %s, want %d", levels[kind], kind, n)
		}
	}
	if suppressed != 2 {
		t.Errorf("%d suppressions, want 2", suppressed)
	}
	if *run.Invocations[0].ExitCode != 1 || len(run.Invocations[0].ToolExecutionNotifications) != 4 {
		t.Error("the invocation does not tell the exit code, the gaps and the notes")
	}
}

func TestSARIFLocationsLieInTheRepository(t *testing.T) {
	r := everything()
	for i, file := range []string{"/etc/passwd", "../outside.yml", "https://example.com/t.yml", `C:\t.yml`} {
		r.Results[4].Findings = append(r.Results[4].Findings, r.Results[4].Findings[0])
		r.Results[4].Findings[i+2].File = file
		r.Results[4].Findings[i+2].Subject += file
	}
	r.Causes = r.FindCauses()
	for _, result := range sarifOf(t, r, report.Options{}).Results {
		for _, l := range result.Locations {
			if l.PhysicalLocation == nil {
				t.Fatalf("%s has no file: code scanning would not show it", *result.RuleID)
			}
			uri := *l.PhysicalLocation.ArtifactLocation.URI
			if uri != "params.json" && uri != "bootstrap.yml" && uri != "core.yml" && uri != "log_analysis.yml" && uri != "cloud_security.yml" && uri != ".panther-preflight.yml" {
				t.Errorf("a location outside the repository: %s", uri)
			}
		}
	}
}

func TestFingerprintsOutliveAnEdit(t *testing.T) {
	prints := func(change func(*checks.Finding)) []string {
		r := everything()
		r.Results[4].Findings = append(r.Results[4].Findings, r.Results[4].Findings[0])
		for i := range r.Results {
			for j := range r.Results[i].Findings {
				change(&r.Results[i].Findings[j])
			}
		}
		r.Causes = r.FindCauses()
		var all []string
		for _, result := range sarifOf(t, r, report.Options{}).Results {
			all = append(all, result.PartialFingerprints["primaryLocationLineHash"])
		}
		return all
	}
	before := prints(func(*checks.Finding) {})
	after := prints(func(f *checks.Finding) { f.Line += 7; f.Column++; f.Message += " now"; f.File = "moved/" + f.File })
	seen := map[string]bool{}
	for i, print := range before {
		if print == "" || seen[print] {
			t.Errorf("result %d has no fingerprint of its own: %q", i, print)
		}
		seen[print] = true
		if after[i] != print {
			t.Errorf("result %d has another fingerprint after an edit", i)
		}
	}
}
