package derive

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/published"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const aQueue = "Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: panther-q}}"

// compared compares the role of one version with that of another.
func compared(t *testing.T, have, target string) checks.PublishedRole {
	t.Helper()
	role, _, err := published.Find(have)
	if err != nil {
		t.Fatal(err)
	}
	own, err := role.Policy("aws", "us-east-1", "111122223333")
	if err != nil {
		t.Fatal(err)
	}
	run := anInstall()
	run.Release = target
	out, err := derived(t, run, aQueue).compare(&checks.Facts{Run: run}, rolefile.Role{Identity: []*iam.Policy{own}})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestARoleHasWhatItWasPublishedWith(t *testing.T) {
	for _, version := range []string{"v1.16.0", "v1.31.1", "v1.47.0", "v1.77.0", "v1.111.0", "v1.116.0", "v1.127.0"} {
		out := compared(t, version, version)
		if !out.Exact || len(out.Missing) > 0 {
			t.Errorf("%s: exact %v, missing %+v", version, out.Exact, out.Missing)
		}
	}
}

func TestARoleThatStayedBehind(t *testing.T) {
	missing := func(have, target string) string {
		var all []string
		for _, m := range compared(t, have, target).Missing {
			if m.Certain {
				all = append(all, m.Action)
			}
		}
		return strings.Join(all, " ")
	}
	if got := missing("v1.35.0", "v1.36.0"); !strings.Contains(got, "batch:") || strings.Contains(got, "s3:") {
		t.Errorf("v1.36.0 brought batch: have %q", got)
	}
	if got := missing("v1.45.0", "v1.47.0"); !strings.Contains(got, "secretsmanager:") {
		t.Errorf("v1.47.0 brought secretsmanager: have %q", got)
	}
	// A newer role than the target's is no fault where it allows as much.
	if got := missing("v1.36.0", "v1.35.0"); got != "" {
		t.Errorf("have %q", got)
	}
}
