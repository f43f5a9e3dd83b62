package cases

import (
	"encoding/json"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// Case is one question, compiled. Err is set when it is no case or a policy of it
// is malformed: it then has no answer but Unknown.
type Case struct {
	Name     string
	Line     int // of the file, from 1
	Policies *iam.Policies
	Query    *iam.Query
	Err      error
}

func (r *record) compile() (Case, error) {
	c := Case{Name: r.Name}
	request, err := r.Request.request()
	if err != nil {
		return c, fmt.Errorf("request.%w", err)
	}
	if c.Query, err = iam.NewQuery(request); err != nil {
		return c, fmt.Errorf("request.%w", err)
	}
	c.Policies, err = r.policies()
	return c, err
}

// request applies the format's rule for keys: one that the case does not name
// is known to be absent.
func (q *question) request() (iam.Request, error) {
	if q.Resource != "" && q.Principal != "" {
		if err := checkNames(q.Resource, q.Principal); err != nil {
			return iam.Request{}, err
		}
	}
	context := make(map[string]iam.Value, len(q.Context)+len(q.UnknownKeys)+len(q.PresentUnknown))
	for key, v := range q.Context {
		context[key] = iam.Is(v...)
	}
	for state, keys := range map[iam.KeyState][]string{iam.KeyUnknown: q.UnknownKeys, iam.KeyPresent: q.PresentUnknown} {
		for _, key := range keys {
			if _, twice := context[key]; twice {
				return iam.Request{}, fmt.Errorf("context: the key %q is given twice", key)
			}
			context[key] = iam.Value{State: state}
		}
	}
	return iam.Request{
		Action: q.Action, Resource: q.Resource, ResourceIsPattern: q.ResourceIsPattern, ResourceAccount: q.ResourceAccount,
		Principal: q.Principal, RolePath: q.RolePath, ManagementAccount: q.ManagementAccount,
		Context: context, Others: iam.KeyAbsent,
	}, nil
}

func (r *record) policies() (*iam.Policies, error) {
	p := &iam.Policies{}
	layers := [...]struct {
		field string
		kind  iam.Kind
		from  documents
		to    *[]*iam.Policy
	}{
		{"identityPolicies", iam.Identity, r.Identity, &p.Identity},
		{"permissionBoundaries", iam.Boundary, r.Boundary, &p.Boundary},
		{"sessionPolicies", iam.Session, r.Session, &p.Session},
		{"resourcePolicy", iam.Resource, r.Resource, &p.Resource},
	}
	var err error
	for _, l := range layers {
		if *l.to, err = parseAll(l.field, l.kind, l.from); err != nil {
			return nil, err
		}
	}
	if p.SCPs, err = parseLevels("scps", iam.SCP, r.SCPs); err != nil {
		return nil, err
	}
	p.RCPs, err = parseLevels("rcps", iam.RCP, r.RCPs)
	return p, err
}

func parseLevels(field string, kind iam.Kind, from levels) ([][]*iam.Policy, error) {
	var out [][]*iam.Policy
	for i, documents := range from {
		level, err := parseAll(fmt.Sprintf("%s[%d]", field, i), kind, documents)
		if err != nil {
			return nil, err
		}
		out = append(out, level)
	}
	return out, nil
}

func parseAll(field string, kind iam.Kind, from documents) ([]*iam.Policy, error) {
	out := make([]*iam.Policy, 0, len(from))
	for i, document := range from {
		text := []byte(document)
		if first(document) == '"' { // a document as a JSON text, as some APIs return it
			var inner string
			if err := json.Unmarshal(document, &inner); err != nil {
				return nil, fmt.Errorf("%s[%d]: %w", field, i, err)
			}
			text = []byte(inner)
		}
		policy, err := iam.Parse(fmt.Sprintf("%s[%d]", field, i), kind, text)
		if err != nil {
			return nil, err
		}
		out = append(out, policy)
	}
	return out, nil
}
