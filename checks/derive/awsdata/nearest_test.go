package awsdata

import (
	"strings"
	"testing"
)

func TestNearestAction(t *testing.T) {
	tables, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"s3:SetBucketEncryption":       "s3:PutEncryptionConfiguration",
		"S3:putbucketencryption":       "s3:PutEncryptionConfiguration",
		"s3:HeadBucket":                "s3:ListBucket",
		"s3:PutBucketVersionin":        "s3:PutBucketVersioning",
		"lambda:Invoke":                "lambda:InvokeFunction",
		"dynamodb:CreateTables":        "dynamodb:CreateTable",
		"states:CreateStatemachines":   "states:CreateStateMachine",
		"stepfunctions:CreateActivity": "states:CreateActivity",
		"elbv2:CreateLoadBalancers":    "elasticloadbalancing:CreateLoadBalancer",
		"ec2:RunInstance":              "ec2:RunInstances",
		"iam:PassRoles":                "iam:PassRole",
		"zzz:Qqq":                      "",
		"s3:Zzzzzzzzzzzzzz":            "",
	} {
		if got, err := tables.Nearest(name); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
}

// TestAliasesAreNoActions: each stands for an action, and is none itself.
func TestAliasesAreNoActions(t *testing.T) {
	tables, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range tables.aliases {
		if !strings.Contains(from, ":") {
			if have, err := tables.Service(from); err != nil || have != nil {
				t.Errorf("%s is a prefix itself, %v", from, err)
			}
			if have, err := tables.Service(to); err != nil || have == nil {
				t.Errorf("%s, which %s stands for, is no prefix, %v", to, from, err)
			}
			continue
		}
		if exists, err := tables.Exists(from, nil); err != nil || exists {
			t.Errorf("%s is an action itself, %v", from, err)
		}
		if exists, err := tables.Exists(to, nil); err != nil || !exists {
			t.Errorf("%s, which %s stands for, is no action, %v", to, from, err)
		}
	}
}

func TestGlobalRegion(t *testing.T) {
	for _, test := range []struct{ service, partition, want string }{
		{"iam", "aws", "us-east-1"}, {"iam", "aws-cn", "cn-north-1"}, {"cloudfront", "aws-cn", "cn-northwest-1"}, {"organizations", "aws-cn", "cn-northwest-1"},
		{"support", "aws", "us-east-1"}, {"globalaccelerator", "aws", "us-west-2"}, {"networkmanager", "aws", "us-west-2"}, {"route53", "aws-us-gov", "us-gov-west-1"},
		{"chime", "aws-cn", ""}, {"iam", "aws-iso", ""}, {"sqs", "aws", ""}, {"sts", "aws", ""}, {"s3", "aws", ""},
	} {
		if got := GlobalRegion(test.service, test.partition); got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.service, test.partition, got, test.want)
		}
	}
}

// TestGlobalServicesHaveActions: a row for a prefix that no action has would
// never be read.
func TestGlobalServicesHaveActions(t *testing.T) {
	tables, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(globalText) {
		if f := strings.Fields(line); len(f) > 0 && f[0] != "#" {
			if s, err := tables.Service(f[0]); err != nil || s == nil || len(f) != 4 {
				t.Errorf("%q: %v", strings.TrimSpace(line), err)
			}
		}
	}
}
