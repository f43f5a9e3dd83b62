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
		"API: s3:SetBucketEncryption Access Denied": {action: "s3:PutEncryptionConfiguration"},
		"Received response status [FAILED] from custom resource. Message returned: failed to put metric filter: ThrottlingException: Rate exceeded (RequestId: 0)":              {code: "ThrottlingException", by: CustomResource},
		"The CIDR '10.0.0.0/26' conflicts with another subnet (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSubnet.Conflict)":                                       {code: "InvalidSubnet.Conflict", service: "AmazonEC2"},
		"An error occurred (ExpiredToken) when calling the CreateRole operation: The security token included in the request is expired":                                         {code: "ExpiredToken"},
		"operation error EC2: CreateFleet, https response error StatusCode: 400, RequestID: x, api error TagPolicyViolation: The tag policy does not allow the specified value": {code: "TagPolicyViolation", service: "EC2"},
		"WaitCondition received failed message: 'no route' for uniqueId: i-1":                                                                                                   {by: WaitCondition},
		"The following hook(s) failed: [AWS::ControlTower::Hook]: [CT.S3.PR.1]: block public access":                                                                            {by: Hook},
		"AccessDenied. User doesn't have permission to call ssm:GetParameters":                                                                                                  {action: "ssm:GetParameters"},
		"'arn:aws:iam::1:role/r' is not authorized to create managed-rule. (Service: AWSStepFunctions; Status Code: 400; Error Code: AccessDeniedException)":                    {who: "arn:aws:iam::1:role/r", code: "AccessDeniedException", service: "AWSStepFunctions"},
		"The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API":          {by: Hook},
		`Resource handler returned message: "null" (HandlerErrorCode: AlreadyExists)`:                                                                                           {handler: "AlreadyExists", by: Handler},
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
