package derive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
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
	advice            string   // what comes before a change to the statement
	elsewhere         []string // regions where the statement denies none of the calls
	runtime           []checks.RuntimeRole
}

// repair changes a denying statement as an administrator would: a region or a
// service is allowed before a role is exempt, and a role before actions. The
// evaluator has the last word on each.
func (n *Needs) repair(first *hit, hits []denied, w world) (repaired, error) {
	s := first.statement
	var out repaired
	var err error
	if boundaries, required := boundaryRequired(s); required {
		out.advice = boundaryAdvice(boundaries)
		return out, nil
	}
	if out.advice, err = n.tagAdvice(first, hits, w); err != nil {
		return out, err
	}
	condition := s.Reason(first.query).Condition
	if out.elsewhere, err = n.elsewhere(condition, hits, w); err != nil {
		return out, err
	}
	left := s
	changes := []func(*statementText) bool{
		func(t *statementText) bool { return n.openPlaces(t, condition, hits, w) },
		func(t *statementText) bool { return n.openRegions(t, condition, hits, w) },
		n.exempt,
		func(t *statementText) bool { return takeOut(t, hits) },
	}
	for i, change := range changes {
		if i == len(changes)-1 && out.statement != "" {
			break // what is denied is a last resort
		}
		changed, err := n.changed(first, change, hits, w)
		switch {
		case err != nil:
			return out, err
		case changed == nil || string(changed.JSON()) == out.statement:
		case out.statement != "":
			out.otherwise = append(out.otherwise, changeInWords(s.JSON(), changed.JSON()))
		default:
			out.statement, out.change = string(changed.JSON()), changeInWords(s.JSON(), changed.JSON())
			if out.advice == "" {
				left = changed
			}
		}
	}
	out.runtime, err = n.stillDenied(left, first.layer, w)
	return out, err
}

// changed is the statement with one change, if that lets every hit call through.
func (n *Needs) changed(first *hit, change func(*statementText) bool, hits []denied, w world) (*iam.Statement, error) {
	s := first.statement
	var t statementText
	if err := json.Unmarshal(s.JSON(), &t); err != nil {
		return nil, fmt.Errorf("read statement %d of %s: %w", s.Index()+1, s.Policy().Name(), err)
	}
	if !change(&t) {
		return nil, nil
	}
	text, err := encode(t)
	if err != nil {
		return nil, err
	}
	return n.confirmed(text, first.layer, hits, w)
}

// exempt leaves the deployment role out of a statement by a condition.
func (n *Needs) exempt(t *statementText) bool {
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
// through; it is nil where it does not.
func (n *Needs) confirmed(statement []byte, layer iam.Kind, hits []denied, w world) (*iam.Statement, error) {
	policy, err := iam.Parse("the changed statement", layer, []byte(`{"Version":"2012-10-17","Statement":[`+string(statement)+`]}`))
	if err != nil {
		return nil, nil // such as one that has grown beyond what AWS takes
	}
	p := alone(policy, layer)
	for _, h := range hits {
		q, err := n.query(h.request, w)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(p.Denials(q), func(d iam.Denial) bool { return !d.Implicit }) {
			return nil, nil
		}
	}
	return &policy.Statements()[0], nil
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
