package diagnose

import (
	"regexp"
	"strings"
)

// denial is an answer of AWS that something was not allowed.
type denial struct {
	action    string // as IAM names it; empty when the answer does not say
	principal string
	resource  string
}

var (
	deniedAction = regexp.MustCompile(`(?i)not authorized to perform:? ([a-z0-9-]+:[a-zA-Z0-9*]+)`)
	deniedAPI    = regexp.MustCompile(`API: ([a-z0-9-]+:[a-zA-Z0-9]+) `)
	deniedWho    = regexp.MustCompile(`(?i)(?:User|Principal): (arn:\S+)`)
	deniedWhat   = regexp.MustCompile(`on resource: "?([^\s")]+)`)
)

// actionNames are the actions behind names that CloudFormation uses in its
// messages and IAM does not know.
var actionNames = map[string]string{
	"s3:SetBucketEncryption":     "s3:PutEncryptionConfiguration",
	"s3:SetBucketPolicy":         "s3:PutBucketPolicy",
	"s3:SetBucketVersioning":     "s3:PutBucketVersioning",
	"s3:SetBucketTagging":        "s3:PutBucketTagging",
	"s3:SetBucketLogging":        "s3:PutBucketLogging",
	"s3:SetBucketNotification":   "s3:PutBucketNotification",
	"s3:SetBucketLifecycle":      "s3:PutLifecycleConfiguration",
	"s3:SetBucketPublicAccess":   "s3:PutBucketPublicAccessBlock",
	"s3:PutPublicAccessBlock":    "s3:PutBucketPublicAccessBlock",
	"s3:PutBucketEncryption":     "s3:PutEncryptionConfiguration",
	"ec2:ReleaseAddresses":       "ec2:ReleaseAddress",
	"logs:CreateLogGroupTagging": "logs:TagLogGroup",
}

// denied reads who was denied what.
func denied(reason string) denial {
	var d denial
	if m := deniedAction.FindStringSubmatch(reason); m != nil {
		d.action = m[1]
	} else if m := deniedAPI.FindStringSubmatch(reason); m != nil {
		d.action = m[1]
	}
	if known := actionNames[d.action]; known != "" {
		d.action = known
	}
	if m := deniedWho.FindStringSubmatch(reason); m != nil {
		d.principal = m[1]
	}
	if m := deniedWhat.FindStringSubmatch(reason); m != nil {
		d.resource = m[1]
	}
	return d
}

// tags reports whether an action does nothing but tag.
func (d denial) tags() bool {
	_, name, _ := strings.Cut(d.action, ":")
	return strings.HasPrefix(name, "Tag") || strings.HasSuffix(name, "Tagging") || strings.HasSuffix(name, "Tags")
}
