package engine_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
)

const leftover = `finding contains {"subject": e.name, "message": "it exists"} if some e in input.inventory.named
`

// partially is a policy to whose findings a part of some facts suffices.
func partially(body, facts string) fstest.MapFS {
	p := policy("PF-OLD-009", "preflight.leftovers.name", body)
	p.Data = []byte(strings.Replace(string(p.Data), "#   source: a test\n", "#   source: a test\n#   partial: ["+facts+"]\n", 1))
	return fstest.MapFS{"leftovers/name.rego": p}
}

func TestWhatWasFoundStandsBesideAGap(t *testing.T) {
	gap := checks.Gap{Fact: "inventory[AWS::SQS::Queue]", Reason: "AccessDenied", Action: "sqs:ListQueues"}
	found := checks.Inventory{Named: []checks.Existing{{Type: "AWS::SNS::Topic", Name: "topic"}}}
	for name, c := range map[string]struct {
		partial string
		facts   checks.Facts
		status  checks.Status
		reason  string
	}{
		"nothing is missing":              {"inventory", checks.Facts{Inventory: found}, checks.Failed, ""},
		"a finding stands":                {"inventory", checks.Facts{Inventory: found, Gaps: []checks.Gap{gap}}, checks.Failed, "sqs:ListQueues"},
		"nothing found is not known":      {"inventory", checks.Facts{Gaps: []checks.Gap{gap}}, checks.Unknown, "sqs:ListQueues"},
		"a part would not suffice":        {"", checks.Facts{Inventory: found, Gaps: []checks.Gap{gap}}, checks.Unknown, "sqs:ListQueues"},
		"the gap is of the whole fact":    {"inventory.named", checks.Facts{Inventory: found, Gaps: []checks.Gap{{Fact: "inventory", Reason: "Timeout"}}}, checks.Failed, "Timeout"},
		"a gap of another fact":           {"inventory", checks.Facts{Inventory: found, Gaps: []checks.Gap{{Fact: "quotas[a]", Reason: "Timeout"}}}, checks.Failed, ""},
		"nobody asked, and part unread":   {"inventory", checks.Facts{Gaps: []checks.Gap{gap}, Absent: []checks.Absent{{Fact: "inventory", Reason: "offline"}}}, checks.Unknown, "sqs:ListQueues"},
		"nobody asked and nothing unread": {"inventory", checks.Facts{Absent: []checks.Absent{{Fact: "inventory", Reason: "offline"}}}, checks.Skipped, "offline"},
	} {
		r := evaluate(t, partially(leftover, c.partial), &c.facts)[0]
		if r.Status != c.status || (c.reason == "") != (r.Reason == "") || !strings.Contains(r.Reason, c.reason) {
			t.Errorf("%s: %s, %q", name, r.Status, r.Reason)
		}
		if c.status == checks.Failed && len(r.Findings) != 1 {
			t.Errorf("%s: %d findings", name, len(r.Findings))
		}
	}
}

func TestAPartialFactIsOneThatThePolicyReads(t *testing.T) {
	_, err := engine.New(context.Background(), engine.Options{Bundled: partially(leftover, "inventroy")})
	if err == nil || !strings.Contains(err.Error(), `leftovers/name.rego: custom.partial names "inventroy"`) {
		t.Errorf("%v", err)
	}
}
