package reason

import "testing"

// TestParts reads what reasons are made of, in the wordings of AWS.
func TestParts(t *testing.T) {
	type parts struct {
		who, action, on, policy, code, service, handler string
		layer                                           Layer
		explicit                                        bool
		by                                              Reporter
	}
	const role = "arn:aws:sts::1:assumed-role/R/s"
	for text, want := range map[string]parts{
		`Resource handler returned message: "User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:us-east-1:1:vpc/* with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o/service_control_policy/p (Service: Ec2, Status Code: 403, Request ID: x)" (RequestToken: y, HandlerErrorCode: AccessDenied)`: {who: role, action: "ec2:CreateVpc", on: "arn:aws:ec2:us-east-1:1:vpc/*", policy: "arn:aws:organizations::1:policy/o/service_control_policy/p", service: "Ec2", handler: "AccessDenied", layer: SCP, explicit: true, by: Handler},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: kms:CreateGrant because no resource-based policy allows the kms:CreateGrant action":                                                                                                                                                                                                                            {who: role, action: "kms:CreateGrant", layer: KeyPolicy},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a VPC endpoint policy":                                                                                                                                                                                                                 {who: role, action: "s3:PutObject", on: "arn:aws:s3:::b/k", layer: VPCEndpoint, explicit: true},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: sqs:CreateQueue because no permissions boundary allows the sqs:CreateQueue action":                                                                                                                                                                                                                             {who: role, action: "sqs:CreateQueue", layer: Boundary},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: sqs:CreateQueue because no session policy allows the sqs:CreateQueue action":                                                                                                                                                                                                                                   {who: role, action: "sqs:CreateQueue", layer: Session},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: sqs:CreateQueue with an explicit deny in a resource control policy":                                                                                                                                                                                                                                            {who: role, action: "sqs:CreateQueue", layer: RCP, explicit: true},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: sqs:CreateQueue because no identity-based policy allows the sqs:CreateQueue action":                                                                                                                                                                                                                            {who: role, action: "sqs:CreateQueue", layer: Identity},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: sqs:CreateQueue with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/P (Service: Sqs, Status Code: 403)":                                                                                                                                                                                   {who: role, action: "sqs:CreateQueue", layer: Identity, explicit: true, policy: "arn:aws:iam::1:policy/P", service: "Sqs"},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: lambda:GetLayerVersion on resource: arn:aws:lambda:us-east-1:2:layer:l:3 because no resource-based policy allows the lambda:GetLayerVersion action":                                                                                                                                                            {who: role, action: "lambda:GetLayerVersion", on: "arn:aws:lambda:us-east-1:2:layer:l:3", layer: Resource},
		"User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/d because no role trust policy allows the sts:AssumeRole action":                                                                                                                                                                                               {who: role, action: "sts:AssumeRole", on: "arn:aws:iam::1:role/d", layer: Trust},
		"API: s3:SetBucketEncryption Access Denied": {action: "s3:PutEncryptionConfiguration"},
		"Received response status [FAILED] from custom resource. Message returned: failed to put metric filter: ThrottlingException: Rate exceeded (RequestId: 0)":                                                                                                          {code: "ThrottlingException", by: CustomResource},
		"The CIDR '10.0.0.0/26' conflicts with another subnet (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSubnet.Conflict)":                                                                                                                                   {code: "InvalidSubnet.Conflict", service: "AmazonEC2"},
		"An error occurred (ExpiredToken) when calling the CreateRole operation: The security token included in the request is expired":                                                                                                                                     {code: "ExpiredToken"},
		"operation error EC2: CreateFleet, https response error StatusCode: 400, RequestID: x, api error TagPolicyViolation: The tag policy does not allow the specified value":                                                                                             {code: "TagPolicyViolation", service: "EC2"},
		"WaitCondition received failed message: 'no route' for uniqueId: i-1":                                                                                                                                                                                               {by: WaitCondition},
		"The following hook(s) failed: [AWS::ControlTower::Hook]: [CT.S3.PR.1]: block public access":                                                                                                                                                                        {by: Hook},
		"AccessDenied. User doesn't have permission to call ssm:GetParameters":                                                                                                                                                                                              {action: "ssm:GetParameters"},
		"'arn:aws:iam::1:role/r' is not authorized to create managed-rule. (Service: AWSStepFunctions; Status Code: 400; Error Code: AccessDeniedException)":                                                                                                                {who: "arn:aws:iam::1:role/r", code: "AccessDeniedException", service: "AWSStepFunctions"},
		"The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API":                                                                                                      {by: Hook},
		`Resource handler returned message: "Lambda function f reached terminal FAILED state due to ImageAccessDenied(No access to the image) and failed to stabilize" (RequestToken: 1, HandlerErrorCode: NotStabilized)`:                                                  {code: "ImageAccessDenied", handler: "NotStabilized", by: Handler},
		`Resource handler returned message: "Invalid request provided: CreateCapacityProvider error: Caught ServiceAccessDeniedException for R[arn:aws:iam::1:role/r] (Service: Ecs, Status Code: 400, Request ID: 1)" (RequestToken: 1, HandlerErrorCode: InvalidRequest)`: {code: "ServiceAccessDeniedException", service: "Ecs", handler: "InvalidRequest", by: Handler},
		"arn:aws:iam::1:role/r is not authorized to perform AssumeRole on role arn:aws:iam::2:role/d (Service: AWSCodePipeline; Status Code: 400; Error Code: InvalidStructureException)":                                                                                   {who: "arn:aws:iam::1:role/r", action: "sts:AssumeRole", on: "arn:aws:iam::2:role/d", code: "InvalidStructureException", service: "AWSCodePipeline"},
		`User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform: s3:PutBucketPolicy on resource: \"arn:aws:s3:::b\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access`:                                           {who: role, action: "s3:PutBucketPolicy", on: "arn:aws:s3:::b", policy: "BlockPublicPolicy", layer: PublicAccess},
		"You don't have permission to access the S3 bucket for CloudFront logs. If you're using IAM, you need s3:GetBucketAcl and s3:PutBucketAcl permissions (Service: CloudFront, Status Code: 403)":                                                                      {action: "s3:GetBucketAcl", service: "CloudFront"},
		`Resource handler returned message: "null" (HandlerErrorCode: AlreadyExists)`:                                                                                                                                                                                       {handler: "AlreadyExists", by: Handler},
	} {
		r := Parse(text, About{})
		got := parts{r.Principal, r.Action, r.Denial.Resource, r.Policy, r.Code, r.Service, r.Handler, r.Layer, r.Explicit, r.Reporter}
		if got != want {
			t.Errorf("%s\n%+v, want\n%+v", text, got, want)
		}
		if r.Denied != (want.layer != "" || want.action != "" || want.who != "") {
			t.Errorf("%s: denied is %v", text, r.Denied)
		}
	}
}

// TestWordsHaveNoNames blanks out every name of a resource.
func TestWordsHaveNoNames(t *testing.T) {
	for text, want := range map[string]string{
		"Panther-alerts-LambdaThrottles already exists in stack arn:aws:cloudformation:us-east-1:1:stack/p/1": "_ already exists in stack _",
		"The log group '/aws/lambda/quota-exceeded' does not exist":                                           "the log group _ does not exist",
		"Throttle already exists": "_ already exists",
		"because no identity-based policy allows the s3:GetObject action": "because no identity-based policy allows the _ action",
	} {
		if got := Parse(text, About{LogicalID: "Throttle"}).Words; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestMappingKey tells a row that the region chooses from one that a value does.
func TestMappingKey(t *testing.T) {
	for text, want := range map[string]string{
		"Template error: Unable to get mapping for Accounts::eu-south-2::ID":            "region",
		"Template error: Unable to get mapping for Accounts::us-gov-west-1::ID":         "region",
		"Template error: Unable to get mapping for Version2Family::5.7.23::Family":      "value",
		"Template error: Unable to get mapping for Sizes::large-eu-west-1-pool::Memory": "value",
		"No export named eu-west-1 found":                                               "",
	} {
		if got := Parse(text, About{}).Mapping; got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// TestItself tells a resource that is gone again from something it refers to.
func TestItself(t *testing.T) {
	for text, want := range map[string]map[string]bool{
		"DBInstance ad1xn not found.":         {"AWS::RDS::DBInstance": true, "AWS::RDS::DBProxy": false},
		"The specified bucket does not exist": {"AWS::S3::Bucket": true, "AWS::S3::BucketPolicy": false},
		"Topic does not exist":                {"AWS::SNS::Topic": true, "AWS::SNS::Subscription": false},
		"One or more listeners not found":     {"AWS::ElasticLoadBalancingV2::ListenerRule": false},
	} {
		for kind, itself := range want {
			if r := Parse(text, About{Type: kind}); r.Itself != itself {
				t.Errorf("%s of %s: %v", text, kind, r.Itself)
			}
		}
	}
}

// TestTakenNames reads which name is taken, where the text has one.
func TestTakenNames(t *testing.T) {
	for text, want := range map[string]string{
		"A load balancer with the same name 'web' exists, but with different settings": "web",
		"Database already exists.": "",
		"panther-db already exists in stack arn:aws:cloudformation:us-east-1:1:stack/p/1": "panther-db",
	} {
		if r := Parse(text, About{Type: "AWS::Glue::Database"}); r.Exists != want {
			t.Errorf("%s: %q", text, r.Exists)
		}
	}
}
