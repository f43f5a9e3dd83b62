package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// crowded is an account in which a queue and a log group of the release exist
// already, and addresses have run out.
func crowded() *fakeaws.Account {
	a := fakeaws.Panther()
	a.Answers["sqs:ListQueues"] = func(fakeaws.Request) string {
		return fmt.Sprintf(`{"QueueUrls": ["https://sqs.us-east-1.amazonaws.com/%s/panther-alerts-queue"]}`, fakeaws.AccountID)
	}
	a.Answers["logs:DescribeLogGroups"] = func(fakeaws.Request) string {
		return `{"logGroups": [{"logGroupName": "/aws/lambda/panther-alerts-api"}]}`
	}
	a.Answers["servicequotas:GetServiceQuota"] = func(fakeaws.Request) string { return `{"Quota": {"Value": 1}}` }
	return a
}

// TestAGapHidesNoFinding takes the right to list each type away in turn: what
// was found of the others stands, the check names what is missing, and the run
// stays blocked.
func TestAGapHidesNoFinding(t *testing.T) {
	liveEnvironment(t)
	again := repeatedReports(t)
	want := again(crowded())
	taken, room := resultOf(t, want, "PF-OLD-002"), resultOf(t, want, "PF-QTA-001")
	if len(taken.Findings) < 2 || len(room.Findings) < 1 {
		t.Fatalf("%+v\n%+v", taken.Findings, room.Findings)
	}
	for _, action := range []string{
		"sqs:ListQueues", "logs:DescribeLogGroups", "dynamodb:ListTables", "sns:ListTopics", "kms:ListAliases", "ecs:ListClusters",
		"cloudwatch:ListDashboards", "cloudformation:GetResource", "ec2:DescribeVpcs", "ec2:DescribeInternetGateways", "iam:GetAccountSummary",
	} {
		a := crowded()
		a.Denied = []string{action}
		got := again(a)
		if got.ExitCode != session.ExitFinding {
			t.Errorf("without %s: exit %d", action, got.ExitCode)
		}
		for _, before := range []checks.Result{taken, room} {
			now := resultOf(t, got, before.ID)
			if now.Status != checks.Failed {
				t.Errorf("without %s: %s is %s: %s", action, before.ID, now.Status, now.Reason)
			}
			if service, _, _ := strings.Cut(action, ":"); before.ID == "PF-OLD-002" && service != "ec2" && action != "iam:GetAccountSummary" && !strings.Contains(now.Reason, action) {
				t.Errorf("without %s: %s does not name it: %q", action, before.ID, now.Reason)
			}
			for _, f := range before.Findings {
				if f.Evidence["type"] == listedBy[action] || f.Subject == countedBy[action] {
					continue
				}
				if !slices.ContainsFunc(now.Findings, func(n checks.Finding) bool { return n.Subject == f.Subject && !n.Undecided }) {
					t.Errorf("without %s: %s lost %s", action, before.ID, f.Subject)
				}
			}
		}
	}
}

// listedBy are the types of which nothing is known without an action.
var listedBy = map[string]string{"sqs:ListQueues": "AWS::SQS::Queue", "logs:DescribeLogGroups": "AWS::Logs::LogGroup"}

// countedBy are the quotas whose use an action counts.
var countedBy = map[string]string{"ec2:DescribeVpcs": "quota:vpc/L-F678F1CE"}

// TestAPolicyOfTheOrganizationHidesNoOther refuses one policy, and the list of one
// level: what the others deny stands, and the run names what is missing.
func TestAPolicyOfTheOrganizationHidesNoOther(t *testing.T) {
	liveEnvironment(t)
	again := repeatedReports(t)
	want := again(ruined())
	for record, with := range map[string]map[string]string{
		"organizations.policies[p-names]":        {"organizations:DescribePolicy": "p-names"},
		"organizations.policies[SCPs of r-aaaa]": {"organizations:ListPoliciesForTarget": "r-aaaa"},
	} {
		a := ruined()
		a.DeniedWith = with
		got := again(a)
		if !slices.ContainsFunc(got.Gaps, func(g checks.Gap) bool { return g.Fact == record }) {
			t.Errorf("no gap %s: %v", record, got.Gaps)
		}
		for _, id := range []string{"PF-SCP-001", "PF-SCP-005"} {
			before, now := resultOf(t, want, id), resultOf(t, got, id)
			if now.Status != checks.Failed || !strings.Contains(now.Reason, "could not be read: authorization.organization[") {
				t.Errorf("%s: %s is %s: %s", record, id, now.Status, now.Reason)
			}
			for _, f := range before.Findings {
				if !slices.ContainsFunc(now.Findings, func(n checks.Finding) bool { return n.Subject == f.Subject && n.Undecided == f.Undecided }) {
					t.Errorf("%s: %s lost %s", record, id, f.Subject)
				}
			}
		}
		for _, id := range []string{"PF-SCP-004", "PF-SCP-006"} {
			if now := resultOf(t, got, id); now.Status == checks.Passed {
				t.Errorf("%s: %s passes", record, id)
			}
		}
	}
}
