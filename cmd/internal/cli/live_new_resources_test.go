package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// A policy that denies creating queues stops an upgrade that adds one, and no
// other. Where the stack could not be read, that is unknown.
func TestALiveUpgradeKnowsWhatIsNew(t *testing.T) {
	liveEnvironment(t)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"full.json":  `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`,
		"guard.json": `{"Version":"2012-10-17","Statement":{"Sid":"NoQueues","Effect":"Deny","Action":"sqs:CreateQueue","Resource":"*"}}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	has := func(rows ...string) func(fakeaws.Request) string {
		return func(fakeaws.Request) string {
			all := ""
			for _, id := range rows {
				all += fmt.Sprintf("<member><LogicalResourceId>%[1]s</LogicalResourceId><PhysicalResourceId>https://sqs/%[1]s</PhysicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>", id)
			}
			return fakeaws.Result("ListStackResources", "<StackResourceSummaries>"+all+"</StackResourceSummaries>")
		}
	}
	for name, tt := range map[string]struct {
		change func(*fakeaws.Account)
		want   checks.Status
	}{
		"the queue is there":   {func(a *fakeaws.Account) { a.Answers["cloudformation:ListStackResources"] = has("Queue") }, checks.Passed},
		"another queue is":     {func(a *fakeaws.Account) { a.Answers["cloudformation:ListStackResources"] = has("Other") }, checks.Failed},
		"nobody may look":      {func(a *fakeaws.Account) { a.Denied = []string{"cloudformation:ListStackResources"} }, checks.Unknown},
		"the stack is another": {func(a *fakeaws.Account) { a.Denied = []string{"cloudformation:DescribeStacks"} }, checks.Unknown},
	} {
		a := fakeaws.Panther()
		tt.change(a)
		r := liveReport(t, a, "--scp-dir", dir, "--only", "PF-SCP-001", "--from", "v1.30.5")
		if r.Target.Phase != checks.Upgrade || len(r.Results) != 1 || r.Results[0].Status != tt.want {
			t.Errorf("%s: phase %s, %+v, want %s", name, r.Target.Phase, r.Results, tt.want)
		}
	}
}

// A type that the tables do not have is asked for in the registry.
func TestALiveCheckAsksTheRegistry(t *testing.T) {
	liveEnvironment(t)
	root := filepath.Join(t.TempDir(), "root.yml")
	if err := os.WriteFile(root, []byte("Resources:\n  Job: {Type: Acme::Pipeline::Job}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for schema, want := range map[string]checks.Status{
		`{&quot;handlers&quot;:{&quot;create&quot;:{&quot;permissions&quot;:[&quot;sqs:CreateQueue&quot;]}}}`: checks.Passed,
		`{}`: checks.Unknown,
	} {
		a := fakeaws.Panther()
		a.Answers["cloudformation:DescribeType"] = func(fakeaws.Request) string {
			return fakeaws.Result("DescribeType", "<Schema>"+schema+"</Schema>")
		}
		r := liveReport(t, a, "--template", root, "--phase", "install", "--only", "PF-SCP-001")
		if len(r.Results) != 1 || r.Results[0].Status != want {
			t.Errorf("%s: %+v, want %s", schema, r.Results, want)
		}
	}
}
