package diagnose

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// verdict is what a reason means.
type verdict struct {
	check, advice, action string
	also                  []string
}

var (
	anyDenial = regexp.MustCompile(`(?i)not authorized|access ?denied|UnauthorizedOperation|explicit deny|AuthorizationError|Forbidden`)
	// Wherever these words stand, something else than a missing permission of
	// the deployer is meant.
	otherDenial = regexp.MustCompile(`(?i)Access Denied for bucket|GetObject for panther|^S3 error: `)
	scpDeny     = regexp.MustCompile(`(?i)explicit deny in an? (service|resource) control policy`)
	scpMissing  = regexp.MustCompile(`(?i)no (service|resource) control policy allows`)
	keyPolicy   = regexp.MustCompile(`(?i)key policy will not allow you to update`)
)

// access reads a denial. stack is the root stack's name: a deployment role may
// only touch names that begin with panther.
func access(reason, stack string) (verdict, bool) {
	if keyPolicy.MatchString(reason) {
		return verdict{check: "PF-IAM-001", action: "kms:PutKeyPolicy", also: []string{"PF-ROL-002"},
			advice: "The deployer must be allowed kms:* on the keys that it creates: a key whose policy shuts its creator out is refused."}, true
	}
	if !anyDenial.MatchString(reason) || otherDenial.MatchString(reason) {
		return verdict{}, false
	}
	d := denied(reason)
	byRole := strings.Contains(d.principal, "DeploymentRole")
	switch {
	case scpDeny.MatchString(reason) && d.tags():
		return verdict{check: "PF-SCP-005", action: d.action, also: []string{"PF-SCP-001"}}, true
	case scpDeny.MatchString(reason):
		return verdict{check: "PF-SCP-001", action: d.action}, true
	case scpMissing.MatchString(reason):
		return verdict{check: "PF-SCP-003", action: d.action}, true
	case strings.HasSuffix(d.action, ":CreateServiceLinkedRole"):
		return verdict{check: "PF-IAM-002", action: d.action, also: []string{"PF-IAM-001"}}, true
	case byRole && !prefixed(stack) && strings.Contains(d.resource, stack):
		return verdict{check: "PF-STK-001", action: d.action, also: []string{"PF-IAM-001"}}, true
	case strings.Contains(reason, "API: s3:SetBucketEncryption"), strings.Contains(reason, "Encoded authorization failure message"):
		// The answer does not say which policy denied. Organizations deny just
		// these: network resources, and unencrypted buckets.
		return verdict{check: "PF-SCP-001", action: d.action, also: []string{"PF-IAM-001"}, advice: undecided(d)}, true
	case byRole:
		return verdict{check: "PF-IAM-001", action: d.action, also: []string{"PF-ROL-001", "PF-ROL-002", "PF-UPG-001"}}, true
	}
	return verdict{check: "PF-IAM-001", action: d.action, also: []string{"PF-SCP-001"}}, true
}

func prefixed(stack string) bool { return stack == "panther" || strings.HasPrefix(stack, "panther-") }

func undecided(d denial) string {
	what := d.action
	if what == "" {
		what = "the action"
	}
	return fmt.Sprintf("AWS does not say which policy denied %s. Run `panther-preflight check --only PF-SCP,PF-IAM` with credentials that may read the organization's policies; `aws sts decode-authorization-message` decodes an encoded message.", what)
}

// judge names the check that would have foreseen a failure.
func judge(f failure, stack string, remedies map[string]string) *Cause {
	c := &Cause{Place: place(f), Related: []string{}, hidden: f.hidden}
	if f.hidden {
		c.Remediation = fmt.Sprintf("The cause lies in events that are not here; read them: aws cloudformation describe-stack-events --stack-name %s", f.PhysicalID)
		return c
	}
	v := reading(f, stack)
	c.Check, c.Action = v.check, v.action
	c.Related = append(c.Related, v.also...)
	c.Remediation = v.advice
	if c.Remediation == "" {
		c.Remediation = remedies[v.check]
	}
	return c
}

func reading(f failure, stack string) verdict {
	if v, ok := access(f.Reason, stack); ok {
		return v
	}
	for _, r := range rules {
		if (r.only == "" || r.only == f.Type) && r.reason.MatchString(f.Reason) {
			v := verdict{check: r.check, advice: r.advice, also: slices.Clone(r.also)}
			if strings.HasPrefix(regionOf(f.StackID), "cn-") {
				v.inChina()
			}
			return v
		}
	}
	return verdict{advice: "The reason is not one that this program knows; what AWS answered is all there is."}
}

// inChina prefers the check of the China area where both can be meant.
func (v *verdict) inChina() {
	for i, also := range v.also {
		if strings.HasPrefix(also, "PF-CHN") && !strings.HasPrefix(v.check, "PF-CHN") && strings.HasPrefix(v.check, "PF-TGT") {
			v.check, v.also[i] = also, v.check
			return
		}
	}
}
