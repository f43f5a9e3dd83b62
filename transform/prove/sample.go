package prove

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// newlyAllowed compares two documents over requests that are drawn from both,
// and describes the first that only the second allows: alone, or beside a grant
// of everything, which shows what they deny. Requests about what is gone cannot
// happen and are left out.
func newlyAllowed(before, after any, gone map[string]bool) (string, error) {
	words := vocabulary{gone: gone, keys: map[string][]string{}}
	words.read(changed(before, after))
	words.read(changed(after, before))
	words.read(before)
	kind := iam.Identity
	if len(words.principals) > 0 {
		kind = iam.Resource
	}
	old, err := Policies(before, kind)
	if err != nil {
		return "", fmt.Errorf("before: %w", err)
	}
	now, err := Policies(after, kind)
	if err != nil {
		return "", fmt.Errorf("after: %w", err)
	}
	openOld, openNow := opened(old), opened(now)
	for _, r := range words.requests() {
		q, err := iam.NewQuery(r)
		if err != nil {
			continue // a request that AWS could not make either
		}
		if Allowed(now, q) && !Allowed(old, q) || Allowed(openNow, q) && !Allowed(openOld, q) {
			return fmt.Sprintf("%s on %s by %s with %v", r.Action, r.Resource, r.Principal, r.Context), nil
		}
	}
	return "", nil
}

func Allowed(p *iam.Policies, q *iam.Query) bool { return p.Decide(q).Decision == iam.Allowed }

func Policies(document any, kind iam.Kind) (*iam.Policies, error) {
	text, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	p, err := iam.Parse("document", kind, text)
	if err != nil {
		return nil, err
	}
	if kind == iam.Resource {
		return &iam.Policies{Resource: []*iam.Policy{p}}, nil
	}
	return &iam.Policies{Identity: []*iam.Policy{p}}, nil
}

// opened is a policy beside an identity policy that allows everything, so that
// only what it denies is refused.
func opened(p *iam.Policies) *iam.Policies {
	return &iam.Policies{Identity: append(slices.Clone(p.Identity), everything()), Resource: p.Resource}
}

var everything = sync.OnceValue(func() *iam.Policy {
	p, err := iam.Parse("everything", iam.Identity, []byte(`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`))
	if err != nil {
		return nil
	}
	return p
})

// vocabulary is what documents speak of: the material of the sample.
type vocabulary struct {
	gone                           map[string]bool
	actions, resources, principals []string
	keys                           map[string][]string
}

func (v *vocabulary) read(document any) {
	m, _ := document.(map[string]any)
	for _, s := range List(m["Statement"]) {
		stmt, _ := s.(map[string]any)
		v.actions = v.collect(v.actions, stmt["Action"], stmt["NotAction"])
		v.resources = v.collect(v.resources, stmt["Resource"], stmt["NotResource"])
		for _, p := range []any{stmt["Principal"], stmt["NotPrincipal"]} {
			if byType, ok := p.(map[string]any); ok {
				for _, typ := range slices.Sorted(maps.Keys(byType)) {
					v.principals = v.collect(v.principals, byType[typ])
				}
			} else {
				v.principals = v.collect(v.principals, p)
			}
		}
		condition, _ := stmt["Condition"].(map[string]any)
		for _, operator := range slices.Sorted(maps.Keys(condition)) {
			keys, _ := condition[operator].(map[string]any)
			for _, key := range slices.Sorted(maps.Keys(keys)) {
				v.keys[key] = v.collect(v.keys[key], keys[key])
			}
		}
	}
}

// changed is the document with those statements only that other does not have:
// they come first in the sample, which is bounded.
func changed(document, other any) any {
	m, _ := document.(map[string]any)
	o, _ := other.(map[string]any)
	var out []any
	for _, s := range List(m["Statement"]) {
		if !slices.ContainsFunc(List(o["Statement"]), func(t any) bool { return reflect.DeepEqual(s, t) }) {
			out = append(out, s)
		}
	}
	return map[string]any{"Statement": out}
}

func List(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

func (v *vocabulary) collect(into []string, values ...any) []string {
	for _, value := range values {
		for _, item := range List(value) {
			text := fmt.Sprint(item)
			if v.gone[text] || slices.Contains(into, text) {
				continue
			}
			into = append(into, text)
		}
	}
	return into
}

const mostRequests = 300

// requests is the sample: every action on every resource by every principal,
// and one of each kind that the documents do not speak of, under no context,
// all of it, and each key alone.
func (v *vocabulary) requests() []iam.Request {
	actions := append(concreteAll(v.actions, "Thing"), "s3:GetObject", "iam:PassRole")
	resources := append(concreteAll(v.resources, "thing"), "arn:aws:s3:::elsewhere/thing")
	principals := append(concreteAll(v.principals, "arn:aws:iam::111122223333:role/someone"), "arn:aws:iam::999988887777:role/stranger", "arn:aws:iam::111122223333:role/neighbour")
	contexts := v.contexts()
	var out []iam.Request
	for _, action := range actions {
		if !strings.Contains(action, ":") {
			action = "s3:ListBucket"
		}
		for _, resource := range resources {
			for _, principal := range principals {
				for _, context := range contexts {
					if len(out) == mostRequests {
						return out
					}
					out = append(out, iam.Request{Action: action, Resource: resource, Principal: principal, RolePath: "/", Context: context, Others: iam.KeyAbsent})
				}
			}
		}
	}
	return out
}

func (v *vocabulary) contexts() []map[string]iam.Value {
	all, other := map[string]iam.Value{}, map[string]iam.Value{}
	out := []map[string]iam.Value{{}, all, other}
	for _, key := range slices.Sorted(maps.Keys(v.keys)) {
		other[key] = iam.Is("elsewhere")
		for i, value := range concreteAll(v.keys[key], "thing") {
			if i == 0 {
				all[key] = iam.Is(value)
			}
			out = append(out, map[string]iam.Value{key: iam.Is(value)})
		}
	}
	return out
}

// concreteAll makes patterns into things that they match.
func concreteAll(patterns []string, star string) []string {
	var out []string
	for _, p := range patterns {
		if p == "*" {
			p = star
		}
		out = append(out, strings.NewReplacer("*", "x", "?", "x").Replace(p))
	}
	return out
}
