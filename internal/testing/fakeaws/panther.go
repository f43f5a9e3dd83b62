package fakeaws

import (
	"fmt"
	"net/url"
	"strings"
)

// AccountID is the account of [Panther], OrganizationID its organization.
const (
	AccountID      = "111122223333"
	OrganizationID = "o-aaaaaaaaaa"
)

const allowAll = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`

// Panther is a member account with a deployed backend of 1.30.5, its
// deployment role, a certificate, a hosted zone and a build that ran.
func Panther() *Account {
	fixed := func(text string) func(Request) string { return func(Request) string { return text } }
	role := func(r Request) string {
		name := r.Fields["RoleName"]
		return Result("GetRole", fmt.Sprintf(`<Role><RoleName>%[1]s</RoleName><Path>/</Path><Arn>arn:aws:iam::%[2]s:role/%[1]s</Arn>
<RoleId>AROAX</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>%[3]s</AssumeRolePolicyDocument>
<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>arn:aws:iam::%[2]s:policy/boundary</PermissionsBoundaryArn></PermissionsBoundary>
<Tags><member><Key>aws:cloudformation:stack-name</Key><Value>panther-deployment-role</Value></member><member><Key>Owner</Key><Value>Jane Doe</Value></member></Tags></Role>`,
			name, AccountID, url.QueryEscape(`{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "cloudformation.amazonaws.com"}}]}`)))
	}
	return &Account{Answers: map[string]func(Request) string{
		"sts:GetCallerIdentity": fixed(Result("GetCallerIdentity",
			"<Arn>arn:aws:sts::"+AccountID+":assumed-role/Deployer/jane@example.org</Arn><UserId>AROAX:jane</UserId><Account>"+AccountID+"</Account>")),
		"iam:GetRole":                  role,
		"iam:ListRolePolicies":         fixed(Result("ListRolePolicies", "<PolicyNames><member>PantherDeployment</member></PolicyNames>")),
		"iam:GetRolePolicy":            fixed(Result("GetRolePolicy", "<RoleName>R</RoleName><PolicyName>PantherDeployment</PolicyName><PolicyDocument>"+url.QueryEscape(allowAll)+"</PolicyDocument>")),
		"iam:ListAttachedRolePolicies": fixed(Result("ListAttachedRolePolicies", "<AttachedPolicies><member><PolicyName>More</PolicyName><PolicyArn>arn:aws:iam::"+AccountID+":policy/More</PolicyArn></member></AttachedPolicies>")),
		"iam:GetPolicy":                fixed(Result("GetPolicy", "<Policy><DefaultVersionId>v1</DefaultVersionId></Policy>")),
		"iam:GetPolicyVersion":         fixed(Result("GetPolicyVersion", "<PolicyVersion><Document>"+url.QueryEscape(allowAll)+"</Document></PolicyVersion>")),
		"iam:ListRoles": fixed(Result("ListRoles", `<Roles><member><RoleName>AWSServiceRoleForECS</RoleName><Path>/aws-service-role/ecs.amazonaws.com/</Path>
<Arn>arn:aws:iam::`+AccountID+`:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS</Arn><RoleId>A</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate></member></Roles>`)),
		"iam:GetAccountSummary":               fixed(Result("GetAccountSummary", "<SummaryMap><entry><key>Roles</key><value>10</value></entry><entry><key>RolesQuota</key><value>1000</value></entry><entry><key>PoliciesQuota</key><value>1000</value></entry><entry><key>InstanceProfilesQuota</key><value>1000</value></entry></SummaryMap>")),
		"organizations:DescribeOrganization":  fixed(`{"Organization": {"Id": "` + OrganizationID + `", "MasterAccountId": "999988887777"}}`),
		"organizations:ListParents":           parents,
		"organizations:ListPoliciesForTarget": fixed(`{"Policies": [{"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "AwsManaged": true}]}`),
		"organizations:DescribePolicy":        fixed(fmt.Sprintf(`{"Policy": {"Content": %q}}`, allowAll)),
		"cloudformation:DescribeStacks":       fixed(Result("DescribeStacks", "<Stacks>"+stack("panther", "v1.30.5", "")+stack("panther-Core-X", "v1.30.5", "panther")+"</Stacks>")),
		"cloudformation:ListStackResources":   stackResources,
		"cloudformation:ListStacks": fixed(Result("ListStacks", "<StackSummaries><member><StackId>"+StackID(deletedStack)+"</StackId><StackName>"+deletedStack+
			"</StackName><CreationTime>2025-12-01T00:00:00Z</CreationTime><DeletionTime>2025-12-02T00:00:00Z</DeletionTime><StackStatus>DELETE_COMPLETE</StackStatus></member></StackSummaries>")),
		"cloudformation:DescribeType":    fixed(Result("DescribeType", "<Type>RESOURCE</Type>")),
		"cloudformation:GetTemplate":     fixed(Result("GetTemplate", "<TemplateBody>Resources: {}</TemplateBody>")),
		"cloudformation:GetResource":     fixed(Fail("ResourceNotFoundException", "no such resource")),
		"servicequotas:GetServiceQuota":  fixed(`{"Quota": {"Value": 100}}`),
		"secretsmanager:DescribeSecret":  fixed(`{"Name": "pulumi"}`),
		"kms:DescribeKey":                fixed(`{"KeyMetadata": {"KeyId": "1", "KeyState": "Enabled"}}`),
		"acm:DescribeCertificate":        fixed(`{"Certificate": {"Status": "ISSUED", "DomainName": "api.panther.example.com", "NotAfter": 4102444800}}`),
		"codebuild:ListBuildsForProject": fixed(`{"ids": ["panther-pulumi:1"]}`),
		"codebuild:BatchGetBuilds":       fixed(`{"builds": [{"id": "panther-pulumi:1", "buildStatus": "SUCCEEDED", "startTime": 4000000000}]}`),
		"route53:ListHostedZones":        fixed(`<ListHostedZonesResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name><CallerReference>1</CallerReference></HostedZone></HostedZones><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesResponse>`),
		"route53:ListResourceRecordSets": fixed(`<ListResourceRecordSetsResponse><ResourceRecordSets><ResourceRecordSet><Name>api.panther.example.com.</Name><Type>A</Type><AliasTarget><HostedZoneId>Z2</HostedZoneId><DNSName>d1.cloudfront.net.</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth></AliasTarget></ResourceRecordSet></ResourceRecordSets><IsTruncated>false</IsTruncated><MaxItems>20</MaxItems></ListResourceRecordSetsResponse>`),
		"s3:ListAllMyBuckets":            fixed(`<ListAllMyBucketsResult><Buckets><Bucket><Name>panther-old-auditlogs</Name><CreationDate>2026-01-01T00:00:00Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>`),
		"s3:ListBucket":                  fixed(`<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>`),
		"ec2:DescribeVpcs":               pagedVpcs,
		"ec2:DescribeSubnets":            fixed("<DescribeSubnetsResponse><subnetSet>" + subnet("subnet-1", "us-east-1a") + subnet("subnet-2", "us-east-1b") + "</subnetSet></DescribeSubnetsResponse>"),
		"ec2:DescribeRouteTables": fixed("<DescribeRouteTablesResponse><routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId>" +
			"<associationSet><item><main>true</main></item></associationSet><routeSet><item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1</gatewayId><state>active</state></item></routeSet></item></routeTableSet></DescribeRouteTablesResponse>"),
		"ec2:DescribeSecurityGroups":    fixed("<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-1</groupId><vpcId>vpc-1</vpcId></item></securityGroupInfo></DescribeSecurityGroupsResponse>"),
		"lambda:GetAccountSettings":     fixed(`{"AccountLimit": {"ConcurrentExecutions": 1000, "UnreservedConcurrentExecutions": 900}}`),
		"lambda:GetFunctionConcurrency": fixed(`{"ReservedConcurrentExecutions": 40}`),
		"sqs:ListQueues":                fixed(`{"QueueUrls": []}`),
	}}
}

// parents is a path of two units below the root.
func parents(r Request) string {
	next := map[string]string{AccountID: "ou-aaaa-bbbbbbbb", "ou-aaaa-bbbbbbbb": "ou-aaaa-cccccccc", "ou-aaaa-cccccccc": "r-aaaa"}
	parent, kind := next[r.Fields["ChildId"]], "ORGANIZATIONAL_UNIT"
	if parent == "r-aaaa" {
		kind = "ROOT"
	}
	return fmt.Sprintf(`{"Parents": [{"Id": %q, "Type": %q}]}`, parent, kind)
}

// StackID is the id of a stack of the account.
func StackID(name string) string {
	return "arn:aws:cloudformation:us-east-1:" + AccountID + ":stack/" + name + "/1"
}

func stack(name, version, parent string) string {
	above := ""
	if parent != "" {
		above = "<ParentId>" + StackID(parent) + "</ParentId><RootId>" + StackID(parent) + "</RootId>"
	}
	return fmt.Sprintf(`<member><StackId>%s</StackId><StackName>%s</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
<CreationTime>2026-01-01T00:00:00Z</CreationTime><LastUpdatedTime>2026-02-01T00:00:00Z</LastUpdatedTime>%s
<Tags><member><Key>PantherVersion</Key><Value>%s</Value></member></Tags>
<Parameters><member><ParameterKey>FirstUserEmail</ParameterKey><ParameterValue>jane@example.org</ParameterValue></member>
<member><ParameterKey>Token</ParameterKey><ParameterValue>****</ParameterValue></member></Parameters>
<Outputs><member><OutputKey>PantherApiDistributionDomainName</OutputKey><OutputValue>d1.cloudfront.net</OutputValue></member></Outputs></member>`,
		StackID(name), name, above, version)
}

func stackResources(r Request) string {
	row := `<member><LogicalResourceId>%s</LogicalResourceId><PhysicalResourceId>%s</PhysicalResourceId><ResourceType>%s</ResourceType><ResourceStatus>UPDATE_COMPLETE</ResourceStatus></member>`
	rows := fmt.Sprintf(row, "Core", StackID("panther-Core-X"), "AWS::CloudFormation::Stack")
	switch name := r.Fields["StackName"]; {
	case strings.Contains(name, "panther-Core-X"):
		rows = fmt.Sprintf(row, "Table", "panther-kv-store", "AWS::DynamoDB::Table") + fmt.Sprintf(row, "Replay", "panther-replay", "AWS::Lambda::Function")
	case name == StackID(deletedStack):
		row = strings.Replace(row, "UPDATE_COMPLETE", "%s", 1)
		rows = fmt.Sprintf(row, "Old", "old-data", "AWS::S3::Bucket", "DELETE_SKIPPED") + fmt.Sprintf(row, "Key", "old-table", "AWS::DynamoDB::Table", "DELETE_SKIPPED") +
			fmt.Sprintf(row, "Topic", "panther-old", "AWS::SNS::Topic", "DELETE_COMPLETE")
	}
	return Result("ListStackResources", "<StackResourceSummaries>"+rows+"</StackResourceSummaries>")
}

// deletedStack is a stack that was deleted and kept a bucket and a table.
const deletedStack = "panther-before"

func subnet(id, zone string) string {
	return "<item><subnetId>" + id + "</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.0." + id[len("subnet-"):] + ".0/24</cidrBlock><availabilityZone>" + zone + "</availabilityZone></item>"
}

// pagedVpcs is a list of two pages.
func pagedVpcs(r Request) string {
	if r.Fields["NextToken"] == "" {
		return "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet><nextToken>2</nextToken></DescribeVpcsResponse>"
	}
	return "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-2</vpcId></item></vpcSet></DescribeVpcsResponse>"
}
