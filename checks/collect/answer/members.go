package answer

// pagination are the members that say where a list goes on.
var pagination = map[string]bool{
	"NextToken": true, "NextMarker": true, "Marker": true, "IsTruncated": true, "Truncated": true, "MaxItems": true,
	"LastEvaluatedTableName": true, "HasMoreDeliveryStreams": true, "ContinuationToken": true, "Position": true,
}

// mayBeEmpty are the operations that leave out the only member where there is
// nothing to tell. That the answer is the service's, its request id says.
var mayBeEmpty = map[string]bool{
	"SQS ListQueues": true, "Lambda GetFunctionConcurrency": true,
	"API Gateway GetRestApis": true, "API Gateway GetApiKeys": true, "API Gateway GetUsagePlans": true,
	"API Gateway GetUsagePlanKeys": true, "API Gateway GetStages": true, "API Gateway GetResources": true,
}

// required are the members that an answer is read for, and that the service
// always gives. What stands in a list every element of it must have.
var required = map[string][]string{
	"STS GetCallerIdentity":               {"Arn", "Account"},
	"IAM GetRole":                         {"Role.Arn", "Role.RoleName"},
	"IAM GetPolicy":                       {"Policy.DefaultVersionId"},
	"IAM GetPolicyVersion":                {"PolicyVersion.Document"},
	"IAM GetRolePolicy":                   {"PolicyDocument"},
	"IAM ListRoles":                       {"Roles.RoleName", "Roles.Arn"},
	"IAM ListAttachedRolePolicies":        {"AttachedPolicies.PolicyArn"},
	"IAM SimulatePrincipalPolicy":         {"EvaluationResults.EvalActionName", "EvaluationResults.EvalDecision"},
	"Organizations DescribeOrganization":  {"Organization.Id", "Organization.MasterAccountId"},
	"Organizations ListParents":           {"Parents.Id", "Parents.Type"},
	"Organizations ListPoliciesForTarget": {"Policies.Id"},
	"Organizations DescribePolicy":        {"Policy.Content"},
	"CloudFormation DescribeStacks":       {"Stacks.StackName", "Stacks.StackStatus"},
	"CloudFormation ListStacks":           {"StackSummaries.StackName", "StackSummaries.StackStatus"},
	"CloudFormation ListStackResources":   {"StackResourceSummaries.LogicalResourceId", "StackResourceSummaries.ResourceType", "StackResourceSummaries.ResourceStatus"},
	"CloudFormation DescribeStackEvents":  {"StackEvents.StackId", "StackEvents.LogicalResourceId"},
	"CloudFormation GetTemplate":          {"TemplateBody"},
	"CloudControl GetResource":            {"ResourceDescription.Identifier"},
	"ACM DescribeCertificate":             {"Certificate.Status"},
	"KMS DescribeKey":                     {"KeyMetadata.KeyState"},
	"Secrets Manager DescribeSecret":      {"Name"},
	"Service Quotas GetServiceQuota":      {"Quota.Value"},
	"Lambda GetAccountSettings":           {"AccountLimit"},
	"EC2 DescribeVpcs":                    {"Vpcs.VpcId"},
	"EC2 DescribeSubnets":                 {"Subnets.SubnetId", "Subnets.VpcId"},
	"EC2 DescribeSecurityGroups":          {"SecurityGroups.GroupId"},
	"EC2 DescribeRouteTables":             {"RouteTables.RouteTableId"},
	"CodeBuild BatchGetBuilds":            {"Builds.Id", "Builds.BuildStatus"},
	"Route 53 ListHostedZones":            {"HostedZones.Name"},
	"Route 53 ListResourceRecordSets":     {"ResourceRecordSets.Name"},
	"CloudWatch Logs DescribeLogGroups":   {"LogGroups.LogGroupName"},
}
