package reason

import (
	"regexp"
	"strings"
)

// Layer is the kind of policy that denied.
type Layer string

// The layers, as the messages of AWS name them.
const (
	Identity    Layer = "identity"
	Resource    Layer = "resource"
	Boundary    Layer = "boundary"
	Session     Layer = "session"
	SCP         Layer = "scp"
	RCP         Layer = "rcp"
	VPCEndpoint Layer = "vpc-endpoint"
	KeyPolicy   Layer = "key"
	Trust       Layer = "trust"
	// PublicAccess is S3 Block Public Access, which is a setting and no policy.
	PublicAccess Layer = "s3-block-public-access"
)

// Denial is who was denied what, and by which policy.
type Denial struct {
	Denied    bool
	Principal string
	Action    string
	Resource  string
	Layer     Layer
	// Explicit says that a statement denied; otherwise none allowed.
	Explicit bool
	// Policy is the policy's ARN, in the newer wording.
	Policy string
	// Encoded says that the answer is in an encoded message.
	Encoded bool
}

var (
	notAuthorized = regexp.MustCompile(`(?i)(?:\b(?:User|Principal|Role): ?)?(\S+)? is not authorized to perform:? ([a-z0-9-]+:[a-zA-Z0-9*]+|AssumeRole\w*|PassRole)(?:,[a-z0-9-]+:[a-zA-Z0-9*]+)*(.*)$`)
	quotedRole    = regexp.MustCompile(`^'(arn:[^\s']+)' is not authorized to\b`)
	youAreNot     = regexp.MustCompile(`(?i)(?:not authorized to perform|have permissions? to (?:call|perform)|not have permissions? for|you need):? ([a-z0-9-]+:[a-zA-Z0-9*]+)`)
	api           = regexp.MustCompile(`^API: ([a-z0-9-]+:[a-zA-Z0-9]+) (.*)$`)
	onResource    = regexp.MustCompile(`(?i)on (?:the )?(?:following )?(?:resources?:|role) \\?"?([^\s"\\]+)`)
	explicit      = regexp.MustCompile(`(?i)with an explicit deny(?: in an? ((?:[a-z]+[- ]){0,4}?(?:policy|boundary)))?(?::? (arn:\S+))?`)
	implicit      = regexp.MustCompile(`(?i)because no ((?:[a-z]+[- ]){0,4}?(?:policy|boundary)) allows`)
	anyPrincipal  = regexp.MustCompile(`(?i)\b(?:User|Principal|Role): ?(arn:\S+)`)
	denialCodes   = regexp.MustCompile(`(?i)^(?:Client\.)?(?:AccessDenied(?:Exception)?|UnauthorizedOperation|AuthorizationError|NotAuthorized|Forbidden|AccessDenied\w*|UnauthorizedTaggingOperation)$`)
	denialWords   = regexp.MustCompile(`(?i)\byou (?:don't|do not) have permissions? to\b|\bnot authorized to perform\b|^access ?denied\b|\bAccess Denied\.?$|\bare not authorized\b|explicit deny|^forbidden\b|is not authorized to\b`)
	publicAccess  = regexp.MustCompile(`(?i)(?:prevented|blocked|restricted) by the (\w+) setting in S3 Block Public Access`)
	newKeyPolicy  = regexp.MustCompile(`(?i)key policy will not allow you to update`)
)

var layers = map[string]Layer{
	"identity-based policy": Identity, "resource-based policy": Resource, "permissions boundary": Boundary, "permission boundary": Boundary,
	"session policy": Session, "service control policy": SCP, "resource control policy": RCP, "vpc endpoint policy": VPCEndpoint,
	"key policy": KeyPolicy, "role trust policy": Trust, "trust policy": Trust,
}

// actionNames are the actions behind names that CloudFormation uses in its
// messages and IAM does not know.
var actionNames = map[string]string{
	"AssumeRole":                 "sts:AssumeRole",
	"PassRole":                   "iam:PassRole",
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

// IAMAction is an action under the name that IAM gives it.
func IAMAction(action string) string {
	if known := actionNames[action]; known != "" {
		return known
	}
	return action
}

func (r *Reason) denied() {
	r.Encoded = strings.Contains(r.Message, "Encoded authorization failure message")
	rest := r.Message
	switch m := match(r.Message, api, notAuthorized, youAreNot); m.which {
	case api:
		r.Action, rest = m.groups[1], m.groups[2]
	case notAuthorized:
		r.Action, rest = m.groups[2], m.groups[3]
		r.Principal = strings.TrimRight(m.groups[1], ",;")
	case youAreNot:
		r.Action = m.groups[1]
	}
	if p := anyPrincipal.FindStringSubmatch(r.Message); p != nil {
		r.Principal = strings.TrimRight(p[1], ",;.")
	}
	if p := quotedRole.FindStringSubmatch(r.Message); p != nil {
		r.Principal = p[1]
	}
	r.Action = IAMAction(r.Action)
	r.Denied = r.Encoded || denialWords.MatchString(rest) || denialWords.MatchString(r.Message) || denialCodes.MatchString(r.Code) ||
		denialCodes.MatchString(r.Handler)
	if m := onResource.FindStringSubmatch(r.Message); m != nil {
		r.Denial.Resource = strings.TrimRight(m[1], ".,)")
	}
	if m := explicit.FindStringSubmatch(r.Message); m != nil {
		r.Denied, r.Explicit, r.Layer, r.Policy = true, true, layers[strings.ToLower(m[1])], strings.TrimRight(m[2], ".,)")
	} else if m := implicit.FindStringSubmatch(r.Message); m != nil {
		r.Denied, r.Layer = true, layers[strings.ToLower(m[1])]
	}
	if m := publicAccess.FindStringSubmatch(r.Message); m != nil {
		r.Denied, r.Layer, r.Policy = true, PublicAccess, m[1]
	}
	if newKeyPolicy.MatchString(r.Message) {
		r.Denied, r.Layer, r.Action = true, KeyPolicy, "kms:PutKeyPolicy"
	}
	if r.Layer == Resource && strings.HasPrefix(r.Action, "kms:") {
		r.Layer = KeyPolicy
	}
}

// Tags reports whether an action does nothing but tag.
func (d Denial) Tags() bool {
	_, name, _ := strings.Cut(d.Action, ":")
	return strings.HasPrefix(name, "Tag") || strings.HasSuffix(name, "Tagging") || strings.HasSuffix(name, "Tags")
}

// Role is the name of the role that was denied; empty for a user or a service.
func (d Denial) Role() string {
	_, rest, isRole := strings.Cut(d.Principal, ":assumed-role/")
	if !isRole {
		if _, rest, isRole = strings.Cut(d.Principal, ":role/"); isRole {
			return rest[strings.LastIndex(rest, "/")+1:]
		}
		return ""
	}
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// Session is the name of the role's session.
func (d Denial) Session() string {
	_, rest, _ := strings.Cut(d.Principal, ":assumed-role/")
	_, session, _ := strings.Cut(rest, "/")
	return session
}
