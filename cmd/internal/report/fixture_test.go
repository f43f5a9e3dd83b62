package report_test

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

const docs = "https://docs.example.com/checks/"

var (
	waiver  = &checks.Waiver{Reason: "Deploys run from the build VPC only.", Expires: "2027-01-31", Owner: "cloud-platform@example.com"}
	nothing = map[string]any{}
	target  = checks.Target{
		Account: "111122223333", Region: "us-east-1", Partition: "aws", StackName: "panther-prod",
		Release: "v1.31.1", From: "v1.30.5", Phase: checks.Upgrade,
	}
)

// everything is a report with every status, every severity, and texts that try
// to break out of each format.
func everything() *checks.Report {
	r := &checks.Report{
		SchemaVersion: checks.SchemaVersion,
		Tool:          checks.Tool{Name: "panther-preflight", Version: "0.1.0"},
		Target:        target,
		ExitCode:      1,
		Results:       everyResult(),
		Gaps: []checks.Gap{
			{Fact: "organization.policies", Reason: "AccessDenied", Action: "organizations:ListPoliciesForTarget"},
			{Fact: "quotas.service", Reason: "Timeout"},
		},
		Notes: []string{
			"permissions are evaluated for role/PantherDeploymentRole in an unknown member account",
			"the waiver at .panther-preflight.yml:4 (PF-UPG-002 release:*) matches nothing: remove it",
		},
	}
	r.Summary = checks.Summarize(r.Results)
	r.Causes = r.FindCauses()
	return r
}

func everyResult() []checks.Result {
	return []checks.Result{
		result("CORP-TAG-001", "Every bucket names its cost centre", checks.SeverityInfo, checks.Failed, checks.Finding{
			Subject: "LogAnalysis#ProcessedData", Message: "the bucket has no tag CostCentre", File: "log_analysis.yml", Line: 88, Column: 3,
			Expected: "a tag CostCentre", Found: "no tags", Fix: "Ask the vendor for a TagsForResources parameter.", Owner: checks.OwnerVendor, Evidence: nothing,
		}),
		result("PF-CHN-001", "Every resource type is available in the China region", checks.SeverityError, checks.Skipped),
		result("PF-IAM-001", "The deployer may perform every action that the release needs", checks.SeverityError, checks.Unknown),
		result("PF-PRM-001", "A required parameter has no value", checks.SeverityError, checks.Passed),
		result("PF-PRM-002", "A parameter value violates a constraint of the template", checks.SeverityError, checks.Failed,
			parameter("LogSubscriptionPrincipals", 12, `"</script><img src=x onerror=alert(1)>" is not a list of 'principals' | ::error::100%`),
			parameter("VpcID", 19, "vpc is not of the form vpc-…"),
		),
		result("PF-PRM-008", "The first deployment changes optional parameters", checks.SeverityWarning, checks.Waived, waived(checks.Finding{
			Subject: "parameter:CustomDomain", Message: "CustomDomain is not needed for a first deployment", File: "params.json", Line: 30, Column: 5,
			Expected: "the default", Found: "panther.example.com", Fix: "Leave it out until the first deployment has succeeded.", Owner: checks.OwnerYou, Evidence: nothing,
		})),
		organization(),
		result("PF-SCP-002", "No needed action hangs on what cannot be known beforehand", checks.SeverityError, checks.Unknown, checks.Finding{
			Subject: "build-vpc-only#DenyOutside:s3:CreateBucket", Message: "s3:CreateBucket is denied unless aws:SourceVpc is vpc-0abc", File: "bootstrap.yml", Line: 40, Column: 3,
			Expected: "aws:SourceVpc = vpc-0abc", Fix: "Deploy from that VPC, or exempt the deployment role.", Owner: checks.OwnerYou, Evidence: nothing, Undecided: true,
		}),
		result("PF-SCP-003", "A level of the organization does not allow required permissions", checks.SeverityError, checks.Failed, checks.Finding{
			Subject: "level-2#no-allow:sqs", Message: "no policy at level 2 allows sqs:CreateQueue, sqs:TagQueue, which the release needs", File: "core.yml", Line: 154, Column: 3,
			Expected: "an Allow for sqs at level 2", Found: "2 actions of sqs without an Allow", Fix: "Attach FullAWSAccess to the account again.", Owner: checks.OwnerYou,
			Evidence: map[string]any{"level": float64(2), "actions": []any{"sqs:CreateQueue", "sqs:TagQueue"}, "resources": []any{map[string]any{"subject": "Core#Queue", "file": "core.yml", "line": 154}}},
		}),
		result("PF-QTA-001", "A service quota is too small for the release", checks.SeverityError, checks.Skipped),
		result("PF-STK-001", "The root stack has a name that the deployment role may not use", checks.SeverityError, checks.Skipped),
		result("PF-UPG-002", "The target is not the recommended patch of its minor release", checks.SeverityWarning, checks.Failed, checks.Finding{
			Subject: "release:v1.31.1", Message: "v1.31.1 is not the recommended patch of 1.31", Expected: "v1.31.4", Found: "v1.31.1",
			Fix: "Deploy v1.31.4 instead, unless the vendor told you otherwise.", Owner: checks.OwnerYou, Evidence: nothing,
		}),
	}
}

// organization is a check with an open, an undecided and a waived finding.
func organization() checks.Result {
	key := checks.Finding{
		Subject: "deny-kms#NoKeys:kms:CreateKey", Message: "kms:CreateKey is denied by NoKeys of deny-kms at the level Workloads",
		File: "bootstrap.yml", Line: 212, Column: 3, Expected: "no Deny, or an exemption for the deployment role", Found: "Deny kms:CreateKey on *",
		Fix:   "Add this condition to the statement NoKeys:\n  \"StringNotLike\": {\"aws:PrincipalArn\": \"arn:aws:iam::*:role/PantherDeploymentRole\"}",
		Owner: checks.OwnerYou,
		Cause: checks.CauseHint{
			Subject: "deny-kms#NoKeys", Message: "SCP deny-kms (statement NoKeys, line 4) denies {actions}", Key: "aws:PrincipalArn",
			Fix: checks.FixHint{
				Kind: checks.FixStatement, Target: "deny-kms", Text: "In the statement NoKeys: add the condition StringNotLike aws:PrincipalArn.",
				Statement: `{"Sid":"NoKeys","Effect":"Deny"}`, Alternatives: []string{"Deploy as an administrator."},
			},
		},
		Evidence: map[string]any{"action": "kms:CreateKey", "level": float64(1), "resources": []any{
			map[string]any{"subject": "Bootstrap#QueueEncryptionKey", "file": "bootstrap.yml", "line": 212, "resource_arn": "arn:aws:kms:us-east-1:111122223333:key/*"},
			map[string]any{"subject": "Onboard/CloudSec#AuditKey", "file": "cloud_security.yml", "line": 71, "resource_arn": "arn:aws:kms:us-east-1:111122223333:key/*"},
		}},
	}
	tag := key
	tag.Subject, tag.Message = "deny-kms#NoTags:kms:TagResource", "kms:TagResource is denied by NoTags of deny-kms"
	tag.Line, tag.Evidence = 214, nothing
	unsure := tag
	unsure.Subject, unsure.Message, unsure.Undecided = "deny-kms#NoTags:kms:UntagResource", "kms:UntagResource depends on aws:RequestedRegion", true
	unsure.Cause = checks.CauseHint{}
	return result("PF-SCP-001", "No organization policy denies an action that the release needs", checks.SeverityError, checks.Failed, key, waived(tag), unsure)
}

func parameter(name string, line int, message string) checks.Finding {
	return checks.Finding{
		Subject: "parameter:" + name, Message: message, File: "params.json", Line: line, Column: 5,
		Expected: "AllowedPattern ^[a-z`*<>]+$", Found: "an `odd` value", Fix: "Give the parameter a value that the constraint allows.",
		Owner: checks.OwnerYou, Evidence: nothing,
	}
}

func waived(f checks.Finding) checks.Finding {
	f.Waived = waiver
	return f
}

func result(id, title string, severity checks.Severity, status checks.Status, findings ...checks.Finding) checks.Result {
	r := checks.Result{
		ID: id, Area: area(id), Title: title, Severity: severity, Status: status, Findings: append([]checks.Finding{}, findings...),
		Remediation: "What mends " + id + ".", Docs: docs + id, Source: "self-hosted guide, a sentence",
	}
	switch {
	case id == "PF-CHN-001":
		r.Reason = "not in an AWS China region"
	case id == "PF-QTA-001":
		r.Reason, r.LeftOut = checks.OfflineReason, true
	case id == "PF-STK-001":
		r.Reason = "no stack name was given: --stack-name"
	case id == "PF-IAM-001":
		r.Reason = "organization.policies: AccessDenied (organizations:ListPoliciesForTarget)"
	case status == checks.Unknown:
		r.Reason = "could not tell: " + findings[0].Message
	}
	return r
}

func area(id string) string {
	if id == "CORP-TAG-001" {
		return "TAG"
	}
	return id[3:6]
}

// ready is a report in which nothing is wrong.
func ready() *checks.Report {
	r := &checks.Report{
		SchemaVersion: checks.SchemaVersion, Tool: checks.Tool{Name: "panther-preflight", Version: "0.1.0"}, Target: target,
		Results: []checks.Result{result("PF-PRM-001", "A required parameter has no value", checks.SeverityError, checks.Passed)},
		Gaps:    []checks.Gap{},
	}
	r.Summary = checks.Summarize(r.Results)
	r.Causes = r.FindCauses()
	return r
}

// details are a release of six stacks, one of them left out, and an
// organization of three levels.
func details() *report.Details {
	return &report.Details{
		Stacks: []report.Stack{
			{Path: "entry", File: "root.yml", Resources: 14, Exists: true},
			{Path: "Bootstrap", File: "bootstrap.yml", Resources: 61, Exists: true},
			{Path: "Core", File: "core.yml", Resources: 102, Exists: true},
			{Path: "LogAnalysis", File: "log_analysis.yml", Resources: 88, Exists: true},
			{Path: "Onboard", File: "onboard.yml", Resources: 9},
			{Path: "Onboard/CloudSec", File: "cloud_security.yml", Resources: 40},
		},
		Levels: []report.Level{
			{Name: "Root", Policies: []report.Policy{{Name: "FullAWSAccess", Kind: "SCP"}}},
			{Name: "Workloads", Policies: []report.Policy{{Name: "deny-kms", Kind: "SCP"}, {Name: "build-vpc-only", Kind: "SCP"}}},
			{Name: "111122223333"},
		},
		Services: []string{"kms", "s3", "lambda", "sqs"},
		Excerpt: func(file string, line int) ([]report.Line, bool) {
			if file != "bootstrap.yml" || line != 212 {
				return nil, false
			}
			return []report.Line{
				{Number: 211, Text: "Resources:"},
				{Number: 212, Text: "  QueueEncryptionKey: # </pre><script>alert(1)</script>", Here: true},
				{Number: 213, Text: "    Type: AWS::KMS::Key"},
			}, true
		},
	}
}
