package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// evidenceOf are, by check, the calls that its findings themselves rest on: what
// was found, or what would have shown that it is the target's own. A finding of
// the check may then be missing, and the check unknown.
var evidenceOf = map[string][]string{
	"PF-IAM-001": {"iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:GetPolicy", "iam:GetPolicyVersion", "cloudformation:DescribeStacks", "cloudformation:ListStackResources", "iam:ListRoles"},
	"PF-IAM-002": {"iam:GetRole", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListRoles"},
	"PF-OLD-001": {"iam:ListRoles", "cloudformation:ListStackResources"},
	"PF-OLD-002": {"cloudformation:ListStackResources", "iam:ListRoles", "logs:DescribeLogGroups", "sqs:ListQueues"},
	"PF-OLD-003": {"cloudformation:DescribeStacks", "cloudformation:ListStackResources", "iam:GetRole", "s3:ListAllMyBuckets"},
	"PF-PRM-009": {"ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "cloudformation:DescribeStacks"},
	"PF-PRM-010": {"secretsmanager:DescribeSecret", "kms:DescribeKey"},
	"PF-QTA-001": {"ec2:DescribeVpcs", "s3:ListAllMyBuckets", "cloudformation:ListStackResources", "servicequotas:GetServiceQuota"},
	"PF-ROL-001": {"iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:GetPolicy", "iam:GetPolicyVersion", "cloudformation:GetTemplate"},
	"PF-ROL-002": {"iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:GetPolicy", "iam:GetPolicyVersion", "cloudformation:DescribeStacks", "cloudformation:ListStackResources", "iam:ListRoles"},
	"PF-SCP-001": {"organizations:ListPoliciesForTarget", "organizations:DescribePolicy", "organizations:DescribeOrganization", "sts:GetCallerIdentity", "cloudformation:DescribeStacks", "cloudformation:ListStackResources"},
	"PF-SCP-003": {"organizations:ListPoliciesForTarget", "organizations:DescribePolicy", "organizations:DescribeOrganization", "organizations:ListParents", "sts:GetCallerIdentity"},
	"PF-SCP-004": {"organizations:ListPoliciesForTarget", "organizations:DescribePolicy", "organizations:DescribeOrganization", "organizations:ListParents", "sts:GetCallerIdentity"},
	"PF-SCP-005": {"organizations:ListPoliciesForTarget", "organizations:DescribePolicy", "organizations:DescribeOrganization", "organizations:ListParents", "sts:GetCallerIdentity", "cloudformation:DescribeStacks"},
	"PF-STK-002": {"cloudformation:DescribeStacks"}, "PF-STK-003": {"cloudformation:DescribeStacks"},
	"PF-UPG-005": {"acm:DescribeCertificate"},
	"PF-UPG-006": {"cloudformation:DescribeStacks", "route53:ListHostedZones", "route53:ListResourceRecordSets"},
	"PF-UPG-007": {"cloudformation:DescribeStacks", "codebuild:ListBuildsForProject", "codebuild:BatchGetBuilds"},
}

// stillFailed are the checks that keep some findings although one of their calls
// is missing, by that call: what it does not tell was told by another.
var stillFailed = map[string][]string{
	"cloudformation:DescribeStacks":     {"PF-IAM-001", "PF-ROL-002", "PF-SCP-001"},
	"cloudformation:ListStackResources": {"PF-IAM-001", "PF-ROL-002", "PF-SCP-001"},
	"organizations:ListParents":         {"PF-SCP-001", "PF-SCP-005"},
	"iam:ListRoles":                     {"PF-IAM-001", "PF-OLD-002", "PF-ROL-002"},
	"iam:GetRolePolicy":                 {"PF-IAM-001", "PF-IAM-002", "PF-ROL-002"}, "iam:ListRolePolicies": {"PF-IAM-001", "PF-IAM-002", "PF-ROL-002"},
	"iam:ListAttachedRolePolicies": {"PF-IAM-001", "PF-IAM-002", "PF-ROL-002"},
	"sqs:ListQueues":               {"PF-OLD-002"}, "logs:DescribeLogGroups": {"PF-OLD-002"},
	"ec2:DescribeVpcs": {"PF-QTA-001", "PF-PRM-009"}, "s3:ListAllMyBuckets": {"PF-QTA-001"}, "s3:ListBucket": {"PF-OLD-003"},
	"ec2:DescribeSubnets": {"PF-PRM-009"}, "ec2:DescribeSecurityGroups": {"PF-PRM-009"},
	"kms:DescribeKey": {"PF-PRM-010"}, "secretsmanager:DescribeSecret": {"PF-PRM-010"},
}

// toldByAnother are calls without which a finding is missing that another check
// shows as undecided.
var toldByAnother = map[string]string{"PF-ROL-002": "iam:ListRoles"}

// TestNoPermissionHidesWhatWasFound takes every permission away in turn in an
// account where about everything is wrong. A failed check may become unknown
// only where its own evidence was that call, none may pass, and
// --allow-unknown makes no such run green.
func TestNoPermissionHidesWhatWasFound(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads the account once a permission")
	}
	liveEnvironment(t)
	again := reportsThatAllowUnknown(t)
	whole := ruined()
	want := again(whole)
	if want.Summary.Failed < 20 || len(want.Gaps) > 0 {
		t.Fatalf("%+v %v", want.Summary, want.Gaps)
	}
	printed := printedPermissions(t)
	for _, action := range whole.Calls() {
		if !slices.Contains(printed, action) {
			t.Errorf("%s is called and not printed", action)
		}
		a := ruined()
		a.Denied = []string{action}
		got := again(a)
		if got.ExitCode != session.ExitFinding {
			t.Errorf("without %s: exit %d with --allow-unknown", action, got.ExitCode)
		}
		named := slices.ContainsFunc(got.Gaps, func(g checks.Gap) bool { return g.Action == action && g.Reason == failure.AccessDenied })
		if !named && action != "s3:GetObject" {
			t.Errorf("without %s no gap names it: %v", action, got.Gaps)
		}
		for i, before := range want.Results {
			comparedFinding(t, action, before, got.Results[i])
		}
	}
}

func comparedFinding(t *testing.T, action string, before, now checks.Result) {
	t.Helper()
	own := slices.Contains(evidenceOf[before.ID], action)
	switch {
	case before.Status != checks.Failed:
		if now.Status == checks.Passed && before.Status == checks.Unknown || now.Status == checks.Failed && before.ID != "PF-TGT-002" {
			t.Errorf("without %s: %s is %s, it was %s", action, before.ID, now.Status, before.Status)
		}
		return
	case now.Status == checks.Unknown && (!own || slices.Contains(stillFailed[action], before.ID)):
		t.Errorf("without %s: %s is unknown (%s)", action, before.ID, now.Reason)
	case now.Status != checks.Failed && now.Status != checks.Unknown:
		t.Errorf("without %s: %s is %s, it was failed (%s)", action, before.ID, now.Status, now.Reason)
	}
	for _, f := range before.Findings {
		stands := slices.ContainsFunc(now.Findings, func(n checks.Finding) bool { return n.Subject == f.Subject && !n.Undecided })
		if !f.Undecided && !stands && !own {
			t.Errorf("without %s: %s lost %s", action, before.ID, f.Subject)
		}
		open := slices.ContainsFunc(now.Findings, func(n checks.Finding) bool { return n.Subject == f.Subject })
		if told := strings.Contains(now.Reason, action) || action == toldByAnother[before.ID]; !f.Undecided && !stands && !open && !told {
			t.Errorf("without %s: %s lost %s and does not say why: %q", action, before.ID, f.Subject, now.Reason)
		}
	}
}
