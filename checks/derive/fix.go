package derive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// statementText is a statement as it is written, in the order in which it is
// usually read.
type statementText struct {
	Sid          json.RawMessage `json:",omitempty"`
	Effect       json.RawMessage `json:",omitempty"`
	Principal    json.RawMessage `json:",omitempty"`
	NotPrincipal json.RawMessage `json:",omitempty"`
	Action       json.RawMessage `json:",omitempty"`
	NotAction    json.RawMessage `json:",omitempty"`
	Resource     json.RawMessage `json:",omitempty"`
	NotResource  json.RawMessage `json:",omitempty"`
	Condition    json.RawMessage `json:",omitempty"`
}

func encode(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// repaired is a changed statement that lets the hit calls through, and what else
// would, in words; empty when no change to the statement alone does.
type repaired struct {
	statement, change string
	otherwise         []string
	advice            string // what comes before a change to the statement
}

// repair changes a denying statement as an administrator would: a region is
// allowed before a role is exempt, and a role before actions. The evaluator has
// the last word on each.
func (n *Needs) repair(first *hit, hits []denied, w world) (repaired, error) {
	s := first.statement
	condition := s.Reason(first.query).Condition
	addRegion := func(t *statementText, hits []denied) bool { return n.addRegion(t, condition, hits, w) }
	var out repaired
	var err error
	if boundary, required := boundaryRequired(s); required {
		out.advice = "Give the roles of the release the permissions boundary that the statement requires (property PermissionsBoundary): " + boundary + ". An exemption would let the role create administrators."
		return out, nil
	}
	if out.advice, err = n.tagAdvice(first, hits, w); err != nil {
		return out, err
	}
	addService := func(t *statementText, hits []denied) bool { return addServices(t, condition, hits) }
	const lists = 2 // the changes of lists come before an exemption
	for i, change := range []func(*statementText, []denied) bool{addService, addRegion, n.exempt, takeOut} {
		var t statementText
		if err := json.Unmarshal(s.JSON(), &t); err != nil {
			return out, fmt.Errorf("read statement %d of %s: %w", s.Index(), s.Policy().Name(), err)
		}
		if !change(&t, hits) {
			continue
		}
		changed, err := encode(t)
		if err != nil {
			return out, err
		}
		ok, err := n.confirmed(changed, first.layer, hits, w)
		switch {
		case err != nil:
			return out, err
		case ok && out.statement != "":
			out.otherwise = append(out.otherwise, changeInWords(s.JSON(), changed))
			return out, nil
		case ok:
			out.statement, out.change = string(changed), changeInWords(s.JSON(), changed)
			if i >= lists {
				return out, nil
			}
		}
	}
	return out, nil
}

// exempt leaves the deployment role out of a statement by a condition.
func (n *Needs) exempt(t *statementText, _ []denied) bool {
	parts := strings.SplitN(n.deployer.Principal, ":", 6)
	if !n.namesPrincipal() || len(parts) != 6 {
		return false
	}
	// An SCP applies to many accounts, so the exemption names the one, if it is known.
	arn := "arn:" + n.partition() + ":iam::" + orStar(n.run.Account) + ":" + parts[5]
	conditions := map[string]map[string]any{}
	if t.Condition != nil && json.Unmarshal(t.Condition, &conditions) != nil {
		return false
	}
	if !appendTo(conditions, arn) {
		if conditions["ArnNotLike"] == nil {
			conditions["ArnNotLike"] = map[string]any{}
		}
		conditions["ArnNotLike"]["aws:PrincipalArn"] = arn
	}
	text, err := encode(conditions)
	t.Condition = text
	return err == nil
}

// appendTo adds the role to an exemption that is there already.
func appendTo(conditions map[string]map[string]any, arn string) bool {
	for _, operator := range []string{"ArnNotLike", "ArnNotLikeIfExists", "ArnNotEquals", "StringNotLike", "StringNotLikeIfExists"} {
		for key, values := range conditions[operator] {
			if !strings.EqualFold(key, "aws:PrincipalArn") {
				continue
			}
			list, many := values.([]any)
			if !many {
				list = []any{values}
			}
			conditions[operator][key] = append(list, arn)
			return true
		}
	}
	return false
}

// takeOut takes the actions out of a statement's list.
func takeOut(t *statementText, hits []denied) bool {
	var names []string
	for _, h := range hits {
		if name := h.request.need.action.Name; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if t.NotAction != nil {
		text, err := encode(append(texts(t.NotAction), names...))
		t.NotAction = text
		return err == nil
	}
	listed := texts(t.Action)
	if slices.Contains(listed, "*") {
		text, err := encode(names)
		t.Action, t.NotAction = nil, text
		return err == nil
	}
	left := slices.DeleteFunc(listed, func(a string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(a, name) })
	})
	text, err := encode(left)
	t.Action = text
	return err == nil && len(left) > 0
}

func texts(raw json.RawMessage) []string {
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}
	}
	return nil
}

// confirmed asks the evaluator whether a changed statement lets every call
// through.
func (n *Needs) confirmed(statement []byte, layer iam.Kind, hits []denied, w world) (bool, error) {
	policy, err := iam.Parse("the changed statement", layer, []byte(`{"Version":"2012-10-17","Statement":[`+string(statement)+`]}`))
	if err != nil {
		return false, nil // such as one that has grown beyond what AWS takes
	}
	p := &iam.Policies{Administrator: true}
	switch layer {
	case iam.SCP:
		p.SCPs = [][]*iam.Policy{{policy}}
	case iam.RCP:
		p.RCPs = [][]*iam.Policy{{policy}}
	case iam.Boundary:
		p.Boundary = []*iam.Policy{policy}
	default:
		p.Identity = []*iam.Policy{policy}
	}
	for _, h := range hits {
		q, err := n.query(h.request, w)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(p.Denials(q), func(d iam.Denial) bool { return !d.Implicit }) {
			return false, nil
		}
	}
	return true, nil
}

// grant is a statement that allows what nothing allows. For an organization it
// allows the whole service: a level is no place for least privilege.
func (n *Needs) grant(h *hit, w world) (string, error) {
	action, service := h.action, ""
	service, _, _ = strings.Cut(action, ":")
	var resources []string
	for _, d := range h.denied {
		resources = append(resources, d.request.need.target.arn.value)
	}
	slices.Sort(resources)
	resources = slices.Compact(resources)
	if h.layer == iam.SCP {
		action, resources = service+":*", []string{"*"}
	}
	statement, err := encode(struct {
		Effect, Action string
		Resource       []string
	}{"Allow", action, resources})
	if err != nil {
		return "", err
	}
	policy, err := iam.Parse("the new statement", h.layer, []byte(`{"Version":"2012-10-17","Statement":[`+string(statement)+`]}`))
	if err != nil {
		return "", nil
	}
	p := &iam.Policies{Identity: []*iam.Policy{policy}}
	if h.layer == iam.SCP {
		p = &iam.Policies{Administrator: true, SCPs: [][]*iam.Policy{{policy}}}
	}
	for _, d := range h.denied {
		q, err := n.query(d.request, w)
		if err != nil || p.Decide(q).Decision != iam.Allowed {
			return "", err
		}
	}
	return string(statement), nil
}
