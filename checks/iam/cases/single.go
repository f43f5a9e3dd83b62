package cases

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// Single is one question asked in words of the command line.
type Single struct {
	Action, Resource, Principal string
	// Region is where the call goes, when the resource's ARN does not tell it.
	// OwnRegion is where the service answers from whatever the region is, empty
	// for a service of every region.
	Region, OwnRegion string
	// AnyResource says that Resource stands for any resource of the action, not
	// for the "*" of an action without resource types.
	AnyResource bool
	// Context are settings key=value. A key given several times has several
	// values; "key=" says that the key is absent.
	Context []string
}

// Request is the request asked about. A key that is neither given nor follows
// from the request is unknown: a forgotten key must not look like an absent one.
// Wildcards in a resource stand for what only deployment decides.
func (s Single) Request() (iam.Request, error) {
	r := iam.Request{
		Action: s.Action, Resource: s.Resource, Principal: s.Principal,
		ResourceIsPattern: s.Resource != "*" || s.AnyResource,
		Context:           iam.PrincipalContext(s.Principal, ""),
	}
	maps.Copy(r.Context, s.implied())
	if account := accountOf(s.Resource); account != "" {
		r.ResourceAccount = account
	}
	if err := checkNames(s.Resource, s.Principal); err != nil {
		return iam.Request{}, fmt.Errorf("--%w", err)
	}
	given, err := settings(s.Context)
	if err != nil {
		return iam.Request{}, fmt.Errorf("--context: %w", err)
	}
	for key, value := range given {
		maps.DeleteFunc(r.Context, func(implied string, _ iam.Value) bool { return strings.EqualFold(implied, key) })
		r.Context[key] = value
	}
	return r, nil
}

// CrossAccount says whether the resource belongs to another account than the
// principal, so that its own policy must allow the request, too.
func (s Single) CrossAccount() bool {
	account, caller := accountOf(s.Resource), accountOf(s.Principal)
	return account != "" && caller != "" && account != caller
}

func (s Single) implied() map[string]iam.Value {
	keys := map[string]iam.Value{"aws:SecureTransport": iam.Is("true")}
	resource, _ := arn.Parse(s.Resource)
	region := resource.Region
	switch {
	case s.OwnRegion != "":
		region = s.OwnRegion
	case region == "" || strings.ContainsAny(region, "*?"):
		region = s.Region
	}
	if region != "" {
		keys["aws:RequestedRegion"] = iam.Is(region)
	}
	if account := accountOf(s.Resource); account != "" {
		keys["aws:ResourceAccount"] = iam.Is(account)
	}
	return keys
}

func accountOf(text string) string {
	if a, _ := arn.Parse(text); isAccount(a.Account) {
		return a.Account
	}
	return ""
}

func settings(list []string) (map[string]iam.Value, error) {
	out := map[string]iam.Value{}
	for _, setting := range list {
		key, value, ok := strings.Cut(setting, "=")
		if !ok || key == "" {
			return nil, fmt.Errorf("%q is no key=value", setting)
		}
		before, given := out[key]
		if given && (value == "" || before.State == iam.KeyAbsent) {
			return nil, errors.New(key + " is said to be absent and to have a value")
		}
		if value == "" {
			out[key] = iam.Is()
		} else {
			out[key] = iam.Is(append(before.Values, value)...)
		}
	}
	return out, nil
}
