package cli

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// ruined is an account in which about everything that a check can find in an
// account is wrong.
func ruined() *fakeaws.Account {
	a := limited(crowded())
	fixed := func(action, text string) { a.Answers[action] = func(fakeaws.Request) string { return text } }
	policies := map[string]string{
		"p-full":  `{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`,
		"p-deny":  `{"Statement": {"Sid": "NoQueues", "Effect": "Deny", "Action": ["sqs:CreateQueue", "sqs:SetQueueAttributes", "dynamodb:*"], "Resource": "*"}}`,
		"p-tags":  `{"Statement": {"Sid": "Tags", "Effect": "Deny", "Action": ["sqs:TagQueue", "kms:TagResource", "lambda:TagResource", "sns:TagResource"], "Resource": "*"}}`,
		"p-list":  `{"Statement": {"Effect": "Allow", "NotAction": ["sns:*"], "Resource": "*"}}`,
		"p-names": `{"Statement": {"Sid": "Encrypt", "Effect": "Deny", "Action": "s3:SetBucketEncryption", "Resource": "*"}}`,
	}
	attached := map[string][]string{
		fakeaws.AccountID: {"p-full", "p-deny"}, "ou-aaaa-bbbbbbbb": {"p-full", "p-names"}, "ou-aaaa-cccccccc": {"p-full", "p-tags"}, "r-aaaa": {"p-list"},
	}
	a.Answers["organizations:ListPoliciesForTarget"] = func(r fakeaws.Request) string {
		var rows []string
		for _, id := range attached[r.Fields["TargetId"]] {
			if r.Fields["Filter"] == "SERVICE_CONTROL_POLICY" {
				rows = append(rows, fmt.Sprintf(`{"Id": %q, "Name": %q}`, id, id))
			}
		}
		return `{"Policies": [` + strings.Join(rows, ",") + `]}`
	}
	a.Answers["organizations:DescribePolicy"] = func(r fakeaws.Request) string {
		return fmt.Sprintf(`{"Policy": {"Content": %q}}`, policies[r.Fields["PolicyId"]])
	}
	roles := ""
	for _, name := range []string{"PantherAuditRole-us-east-1", "PantherLogProcessingRole"} {
		roles += fmt.Sprintf(`<member><RoleName>%[1]s</RoleName><Path>/</Path><Arn>arn:aws:iam::%[2]s:role/%[1]s</Arn><RoleId>A</RoleId><CreateDate>2025-01-01T00:00:00Z</CreateDate></member>`, name, fakeaws.AccountID)
	}
	fixed("iam:ListRoles", fakeaws.Result("ListRoles", "<Roles>"+roles+"</Roles>"))
	fixed("acm:DescribeCertificate", `{"Certificate": {"Status": "EXPIRED", "DomainName": "other.example.com", "NotAfter": 1700000000}}`)
	fixed("secretsmanager:DescribeSecret", fakeaws.Fail("ResourceNotFoundException", "no such secret"))
	fixed("kms:DescribeKey", `{"KeyMetadata": {"KeyId": "1", "KeyState": "Disabled"}}`)
	fixed("codebuild:BatchGetBuilds", `{"builds": [{"id": "panther-pulumi:1", "buildStatus": "FAILED", "startTime": 4000000000}]}`)
	fixed("route53:ListResourceRecordSets", `<ListResourceRecordSetsResponse><ResourceRecordSets><ResourceRecordSet><Name>api.panther.example.com.</Name><Type>A</Type><AliasTarget><HostedZoneId>Z2</HostedZoneId><DNSName>d9.cloudfront.net.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></ResourceRecordSets><IsTruncated>false</IsTruncated><MaxItems>20</MaxItems></ListResourceRecordSetsResponse>`)
	fixed("ec2:DescribeSubnets", "<DescribeSubnetsResponse><subnetSet></subnetSet></DescribeSubnetsResponse>")
	fixed("ec2:DescribeSecurityGroups", "<DescribeSecurityGroupsResponse><securityGroupInfo></securityGroupInfo></DescribeSecurityGroupsResponse>")
	stacks := a.Answers["cloudformation:DescribeStacks"]
	a.Answers["cloudformation:DescribeStacks"] = func(r fakeaws.Request) string {
		text := strings.Replace(stacks(r), "UPDATE_COMPLETE", "UPDATE_ROLLBACK_FAILED", 1)
		other := fmt.Sprintf(`<member><StackId>%s</StackId><StackName>panther-other</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>
<Tags><member><Key>PantherVersion</Key><Value>v1.20.3</Value></member></Tags></member>`, fakeaws.StackID("panther-other"))
		return strings.Replace(text, "</Stacks>", other+"</Stacks>", 1)
	}
	return a
}
