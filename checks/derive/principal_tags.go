package derive

import (
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const principalTag = "aws:PrincipalTag/"

// PrincipalTags are the tags of the role that deploys. Of a nil one nothing is
// known.
type PrincipalTags struct {
	Tags []checks.Tag
	// More says that a session of the role may bring tags of its own.
	More bool
}

// principalTags are the tags of the role that deploys, where it was read.
func principalTags(f *checks.Facts) *PrincipalTags {
	if f.Run.DeploymentRole == "" || !f.Role.Exists || f.Role.ARN == "" || missing(f, "role.tags") {
		return nil
	}
	return &PrincipalTags{Tags: f.Role.Tags, More: takesSessionTags(f.Role.Trust)}
}

// takesSessionTags says whether a role's trust lets a session bring tags. One
// that cannot be read may.
func takesSessionTags(trust string) bool {
	p, err := iam.Parse("the trust policy", iam.Resource, []byte(trust))
	if err != nil {
		return true
	}
	return slices.ContainsFunc(p.Statements(), func(s iam.Statement) bool {
		patterns, inverted := s.Actions()
		names := slices.ContainsFunc(patterns, func(text string) bool { return iam.CompileAction(text).Match("sts:TagSession") })
		return !s.Denies() && names != inverted
	})
}

// context puts the tags among the condition keys of the caller.
func (t *PrincipalTags) context(keys map[string]iam.Value) {
	if t == nil {
		return
	}
	keys[principalTag+"*"] = iam.Value{State: iam.KeyAbsent}
	if t.More {
		keys[principalTag+"*"] = iam.Value{State: iam.KeyUnknown}
	}
	for _, tag := range t.Tags {
		keys[principalTag+tag.Key] = iam.Is(tag.Value)
	}
}
