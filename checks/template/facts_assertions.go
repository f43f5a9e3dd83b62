package template

import (
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// assertions evaluates the Rules of every stack that may come to be.
func (t *Tree) assertions() []checks.Assertion {
	var out []checks.Assertion
	for _, s := range t.stacks {
		if s.exists == No {
			continue
		}
		for _, rule := range s.doc.Rules {
			applies := Yes
			if rule.Condition != nil {
				applies = s.test(rule.Condition)
			}
			if applies == No {
				continue
			}
			for _, a := range rule.Assertions {
				out = append(out, s.assertion(rule, a, applies))
			}
		}
	}
	return out
}

func (s *stack) assertion(rule *cfn.Rule, a cfn.Assertion, applies Truth) checks.Assertion {
	at := s.at(a.Assert)
	f := checks.Assertion{
		Subject: s.subject(rule.Name), Rule: rule.Name, Holds: checks.HoldsYes, Exists: s.exists.String(),
		Parameters: s.parametersIn(rule.Condition, a.Assert), File: at.File, Line: at.Line, Column: at.Column,
	}
	if a.Description.IsScalar() {
		f.Description = a.Description.Text
	}
	holds := s.test(a.Assert)
	switch {
	case holds == No && applies == Yes:
		f.Holds = checks.HoldsNo
	case holds != Yes:
		f.Holds, f.Reason = checks.HoldsUnknown, s.openPart(rule.Condition, a.Assert)
	}
	return f
}

// parametersIn are the parameters that conditions name, each once.
func (s *stack) parametersIn(nodes ...*cfn.Node) []string {
	var out []string
	for _, n := range nodes {
		for r := range cfn.References(n) {
			if r.Kind == cfn.ToRef && s.doc.Parameter(r.Name) != nil && !slices.Contains(out, r.Name) {
				out = append(out, r.Name)
			}
		}
	}
	return out
}

// openPart says what of conditions is not known.
func (s *stack) openPart(nodes ...*cfn.Node) string {
	why := ""
	for _, n := range nodes {
		cfn.Walk(n, func(n *cfn.Node) bool {
			if why != "" || n.Kind != cfn.Call {
				return why == ""
			}
			switch n.Func {
			case "Ref", "Fn::FindInMap", "Fn::ValueOf", "Fn::ValueOfAll", "Fn::RefAll":
				for _, v := range append(s.eval(n).Items(), s.eval(n)) {
					if why == "" && v.Kind != Literal {
						why = v.Reason()
					}
				}
			}
			return why == ""
		})
	}
	return why
}
