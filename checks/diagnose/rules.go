package diagnose

import "regexp"

// rule reads a kind of reason. The first one that matches is used, so that the
// special stands before the general.
type rule struct {
	reason *regexp.Regexp
	// only narrows it to a resource type, where the words alone do not tell.
	only  string
	check string
	also  []string
	// advice is what to do where no check is named, or where the answer of AWS
	// tells more than the check could know.
	advice string
}

func when(pattern, check, advice string, also ...string) rule {
	return rule{reason: regexp.MustCompile(`(?i)` + pattern), check: check, advice: advice, also: also}
}

func (r rule) of(resourceType string) rule {
	r.only = resourceType
	return r
}

// rules are what is known about reasons besides denials, which access.go reads.
var rules = []rule{
	// No check can foresee it, and it may name a limit.
	when(`Rate exceeded|Throttl|TooManyRequests`, "", "AWS slowed the calls down. Deploy again, at a time when little else is changed in the account."),

	// Names that are taken.
	when(`unable to assume the service linked role|service.linked role .*(does not exist|not exist)`, "PF-IAM-002", ""),
	when(`detector already exists|already exists|AlreadyExist|EntityAlreadyExists|BucketAlreadyOwnedByYou|name .* is already in use|already been taken|ConflictException.*exist`,
		"PF-OLD-002", "", "PF-OLD-001", "PF-STK-003"),

	// Quotas.
	when(`LimitExceeded|quota|TooManyBuckets|maximum number of|has been reached|UnreservedConcurrentExecution|exceed.* limit|limit .*exceeded`, "PF-QTA-001", ""),

	// Where the release is read from.
	when(`GetObject for panther|S3 Error Code: (AccessDenied|NoSuchKey|NoSuchBucket|PermanentRedirect)|Error occurred while GetObject|^S3 error: `,
		"PF-TGT-002", "", "PF-CHN-005", "PF-CHN-013", "PF-TPL-001"),

	// China.
	when(`Unrecognized resource types?`, "PF-CHN-001", ""),
	when(`Partition "?aws"? is not valid|invalid partition`, "PF-CHN-003", ""),

	// Regions.
	when(`SubscriptionRequired|subscription for the service|OptInRequired|not (available|supported) in (this|the) region`, "PF-TGT-001", "", "PF-CHN-002"),
	when(`Unable to get mapping for`, "PF-CHN-006", "", "PF-TGT-001"),
	when(`Access Denied for bucket`, "PF-TGT-001",
		"The load balancer may not write to its log bucket: the region's log delivery account is not in the template. Deploy in a region that the release supports.", "PF-CHN-006"),

	// Parameters.
	when(`Invalid email|FirstUserEmail|email address format`, "PF-PRM-002", "", "PF-PRM-001"),
	when(`Parameters: \[.*\] must have values`, "PF-TPL-002", "").of(stackType),
	when(`Parameters: \[.*\] do not exist in the template`, "PF-TPL-002", "").of(stackType),
	when(`Parameter .*(failed to satisfy|must match pattern|must be one of)|Parameter validation failed|parameter value .* does not exist`, "PF-PRM-002", ""),
	when(`ApiCertificate|certificate .*us-east-1|us-east-1.* certificate`, "PF-UPG-005", "", "PF-PRM-009"),
	when(`certificate`, "PF-PRM-009", "The certificate cannot be used: it must be issued, stand in the region of the stack and cover the custom domain.", "PF-UPG-005"),
	when(`CannotPullContainer|did not stabilize|timed out waiting|time exceeded|Exceeded attempts to wait`, "PF-PRM-009",
		"The resource did not become ready in time. With a VPC or subnets of your own, give them a route to the internet for the image pull, and all of the VPC parameters."),

	// Templates.
	when(`runtime parameter of .* is no longer supported|runtime .*(deprecated|not supported)`, "PF-TPL-003", ""),
	when(`cannot have ACLs|AccessControlListNotSupported|does not allow ACLs`, "PF-TPL-004", ""),
	when(`TemplateURL must|Template (may not exceed|format error|validation error)|length less than or equal to 1,?0?48,?576|Number of .* is greater than maximum`, "PF-TPL-001", ""),
	when(`Template error|unresolved resource dependencies|Requires attribute Outputs`, "PF-TPL-002", ""),
	when(`length less than or equal to (63|64)|failed to satisfy constraint: Member must have length`, "PF-STK-004", ""),

	// States of stacks.
	when(`is in \S*_(COMPLETE|FAILED|IN_PROGRESS) state and can ?not be updated`, "PF-STK-002", ""),
	when(`layer version .*(does not exist|not found)|ResourceNotFoundException.*layer`, "PF-STK-002",
		"A layer version that the previous state used is gone. Continue the rollback and skip the functions that name it: aws cloudformation continue-update-rollback --resources-to-skip …; then update again."),

	// What no check can foresee.
	when(`conflicting conditional operation`, "", "Another operation on the bucket was under way. Delete the failed stack and deploy again; nothing has to be changed."),
	when(`security token .*expired|ExpiredToken`, "", "The credentials ended before the deployment did. Deploy with a CloudFormation service role (--role-arn), or with a session that lasts longer."),
	when(`Transform .* failed`, "", "The transform of the template failed: the reason says at which resource."),
}
