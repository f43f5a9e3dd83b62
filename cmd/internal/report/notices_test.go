package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// replayed is a report on recorded facts, under a gate that a configuration
// changed, with texts that try to break out.
func replayed() *checks.Report {
	r := ready()
	r.Gate = []checks.GateChange{
		{Key: "only", Change: "12 checks not selected", File: ".panther-preflight.yml", Line: 2},
		{Key: "policy", Change: "custom policies are read from a\n::error::b\x1b[2J</script>]]>", File: ".panther-preflight.yml", Line: 3},
	}
	r.Target.Endpoints = []checks.Endpoint{{URL: "https://aws.example.com\n::error::e", Service: "s3", Source: "AWS_ENDPOINT_URL_S3"}}
	r.Target.Recorded = &checks.Recorded{
		File: "facts.json", Time: "2026-03-01T09:30:00Z\n::error::now", Account: "111122223333",
		Tool: checks.Tool{Name: "panther-preflight", Version: "0.9.1"},
	}
	return r
}

func TestNoticesAreInEveryFormat(t *testing.T) {
	for _, name := range report.Names() {
		format, err := report.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := format(&b, replayed(), report.Options{Width: 500}); err != nil {
			t.Fatal(err)
		}
		out := strings.ReplaceAll(b.String(), `\_`, "_")
		for _, want := range []string{"12 checks not selected", ".panther-preflight.yml", "2026-03-01T09:30:00Z", "facts.json", "111122223333", "0.9.1", "https://aws.example.com", "AWS_ENDPOINT_URL_S3"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s does not say %q:\n%s", name, want, out)
			}
		}
		if strings.Contains(out, "\x1b") || strings.Contains(out, "\n::error::") || name == "html" && strings.Contains(out, "12]]></script>") {
			t.Errorf("%s: a text breaks out:\n%s", name, out)
		}
		if strings.Contains(out, "READY") {
			t.Errorf("%s: recorded facts are ready:\n%s", name, out)
		}
	}
}

func TestAnAnnotationShowsTheConfiguration(t *testing.T) {
	var b bytes.Buffer
	if err := report.GitHub(&b, replayed(), report.Options{}); err != nil {
		t.Fatal(err)
	}
	if want := "::notice file=.panther-preflight.yml,line=2,col=1,title=gate::12 checks not selected (.panther-preflight.yml:2)\n"; !strings.Contains(b.String(), want) {
		t.Errorf("%q is missing in\n%s", want, &b)
	}
}

func TestAReplayIsOfTheSchema(t *testing.T) {
	var b bytes.Buffer
	if err := report.JSON(&b, replayed(), report.Options{}); err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	for _, strict := range []bool{false, true} {
		if err := compiled(t, strict).Validate(document); err != nil {
			t.Errorf("strict %v: %v", strict, err)
		}
	}
}

func TestAReplayOfAnOfflineRunIsDated(t *testing.T) {
	var b bytes.Buffer
	r := replayed()
	leaveOut(r)
	r.Target.Recorded.Time = "2026-03-01T09:30:00Z"
	if err := report.Short(&b, r, report.Options{Offline: true}); err != nil {
		t.Fatal(err)
	}
	if want := "NOTHING BLOCKING FOUND OFFLINE, as recorded on 2026-03-01; 3 checks did not run."; !strings.Contains(b.String(), want) || strings.Contains(b.String(), "ready as") {
		t.Errorf("%q is missing in\n%s", want, &b)
	}
}
