package derive

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const whyName = "the name of the resource, which is known once it exists"

// records are the hits as facts, in a fixed order.
func (n *Needs) records(j *judgement, policies *iam.Policies, w world) ([]checks.Denial, error) {
	fixes, err := n.fixes(j, w)
	if err != nil {
		return nil, err
	}
	others := byRequest(j)
	passing := map[string][]checks.PassingValue{}
	out := make([]checks.Denial, 0, len(j.hits))
	for _, h := range j.hits {
		r := n.record(h)
		if h.certain || h.ifNew {
			fix := fixes[h.statement]
			r.Fix, r.Change = fix.statement, fix.change
			r.Otherwise, r.Advice = append(r.Otherwise, fix.otherwise...), fix.advice
			r.Elsewhere, r.RuntimeRoles = append(r.Elsewhere, fix.elsewhere...), append(r.RuntimeRoles, fix.runtime...)
			if h.statement == nil {
				if r.Fix, err = n.grant(h, w); err != nil {
					return nil, err
				}
			}
			r.Remains, r.Why = remains(h, others), h.why
		} else {
			if err := n.explain(h, &r, policies, w, passing); err != nil {
				return nil, err
			}
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b checks.Denial) int {
		return cmp.Or(cmp.Compare(a.Layer, b.Layer), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Policy, b.Policy),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Statement, b.Statement), cmp.Compare(a.Action, b.Action))
	})
	return out, nil
}

func (n *Needs) record(h *hit) checks.Denial {
	first := h.denied[0].request.need
	service, _, _ := strings.Cut(h.action, ":")
	r := checks.Denial{
		Layer: h.layer.String(), Level: h.level, Implicit: h.statement == nil, Action: h.action, Service: service,
		Actor: "deployer", Tagging: first.action.Tags, Certain: h.certain, IfNew: h.ifNew, Keys: []string{}, Passing: []checks.PassingValue{}, Remains: []string{},
		Actual: []string{}, Listed: []string{}, Otherwise: []string{}, Elsewhere: []string{}, RuntimeRoles: []checks.RuntimeRole{},
	}
	if s := h.statement; s != nil {
		r.Unfilled = len(s.Placeholders()) > 0
		r.Policy, r.Title, r.Statement, r.Line = s.Policy().Name(), s.Policy().Name(), label(s), s.Line()
		if c := s.Reason(h.query).Condition; c != nil {
			r.Operator, r.Key, r.Negated = c.Operator(), c.Key(), c.Negated()
			r.Listed, r.Actual = append(r.Listed, c.Values()...), append(r.Actual, knownOnly(c.Actual(h.query))...)
		}
	}
	if h.actor != nil {
		r.Actor = h.actor.role.Subject
	}
	for _, d := range h.denied {
		for _, u := range d.users {
			r.Resources = append(r.Resources, checks.DeniedResource{
				Subject: u.user.Subject, File: u.user.At.File, Line: u.user.At.Line, Column: u.user.At.Column,
				ResourceARN: u.target.arn.value,
			})
		}
	}
	r.Resources = checks.EachOnce(r.Resources)
	return r
}

// knownOnly leaves out of values what stands for an account or organization that
// is not known.
func knownOnly(values []string) []string {
	hide := strings.NewReplacer(unnamedAccount, "*", unnamedOrganization, "o-*")
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = hide.Replace(v)
	}
	return out
}

// label is how a finding names a statement: by its Sid, or its place.
func label(s *iam.Statement) string {
	if s.Sid() != "" {
		return s.Sid()
	}
	return strconv.Itoa(s.Index())
}

// worded is a statement in a sentence: its Sid, or its place, counted from one.
func worded(s *iam.Statement) string {
	if s.Sid() != "" {
		return "statement " + s.Sid()
	}
	return fmt.Sprintf("statement %d", s.Index()+1)
}

// explain says what an uncertain denial depends on. Where it is not the same in
// every world, the keys of the account and organization are among it.
func (n *Needs) explain(h *hit, r *checks.Denial, policies *iam.Policies, w world, known map[string][]checks.PassingValue) error {
	r.Why = h.why
	q := h.query
	if h.differs {
		w.vague = true
		var err error
		if q, err = n.query(h.denied[0].request, w); err != nil {
			return err
		}
	}
	if h.statement == nil {
		if e := policies.Explain(q); e.Decision == iam.Unknown {
			r.Keys, r.Passing = append(r.Keys, keysOf(e.DependsOn)...), passingValues(e.Passing)
		}
	} else {
		r.Keys = append(r.Keys, keysOf(h.statement.Reason(q).DependsOn)...)
		id := r.Policy + "#" + strconv.Itoa(h.statement.Index()) + "#" + strings.Join(r.Keys, " ")
		values, done := known[id]
		if !done {
			values = passingValues(h.statement.Passing(q))
			known[id] = values
		}
		r.Passing = values
	}
	if r.Why == "" && len(r.Keys) == 0 {
		r.Why = whyName
	}
	return nil
}

// keysOf are the condition keys among what a verdict depends on.
func keysOf(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return name == iam.DependsOnResource || name == iam.DependsOnResourcePolicy
	})
}

func passingValues(from []iam.Passing) []checks.PassingValue {
	out := []checks.PassingValue{}
	for _, p := range from {
		v := checks.PassingValue{Key: p.Key, Value: p.Pattern, Absent: p.Value.State == iam.KeyAbsent}
		if v.Value == "" {
			v.Value = strings.Join(p.Value.Values, ", ")
		}
		out = append(out, v)
	}
	return out
}

// fixes are the changed statements, one for each that denies for certain.
func (n *Needs) fixes(j *judgement, w world) (map[*iam.Statement]repaired, error) {
	byStatement := map[*iam.Statement][]denied{}
	var order []*hit
	for _, h := range j.hits {
		if !h.certain && !h.ifNew || h.statement == nil {
			continue
		}
		if byStatement[h.statement] == nil {
			order = append(order, h)
		}
		byStatement[h.statement] = append(byStatement[h.statement], h.denied...)
	}
	out := map[*iam.Statement]repaired{}
	for _, h := range order {
		fix, err := n.repair(h, byStatement[h.statement], w)
		if err != nil {
			return nil, err
		}
		out[h.statement] = fix
	}
	return out, nil
}

func byRequest(j *judgement) map[*request][]*hit {
	out := map[*request][]*hit{}
	for _, h := range j.hits {
		for _, d := range h.denied {
			out[d.request] = append(out[d.request], h)
		}
	}
	return out
}

// remains names what else denies the same calls for certain.
func remains(h *hit, others map[*request][]*hit) []string {
	out := []string{}
	for _, d := range h.denied {
		for _, o := range others[d.request] {
			if !o.certain || o.layer == h.layer && o.level == h.level && o.statement == h.statement {
				continue
			}
			name := o.layer.String() + " without an Allow"
			if o.level >= 0 {
				name = o.layer.String() + " level " + strconv.Itoa(o.level) + " without an Allow"
			}
			if o.statement != nil {
				name = o.statement.Policy().Name() + "#" + label(o.statement)
			}
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return out
}
