package plan

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// ReferredIn are the names that something in n refers to.
func ReferredIn(n *cfn.Node) map[string]bool {
	names := map[string]bool{}
	for r := range cfn.References(n) {
		if r.Kind == cfn.ToRef || r.Kind == cfn.ToAttribute {
			names[r.Name] = true
		}
	}
	return names
}

// SameValue tells whether two values say the same; of a scalar only the text
// counts.
func SameValue(a, b *cfn.Node) bool {
	if a.IsScalar() && b.IsScalar() {
		return a.Text == b.Text
	}
	if a.Kind != b.Kind || a.Func != b.Func || len(a.Items) != len(b.Items) || len(a.Entries) != len(b.Entries) {
		return false
	}
	for i := range a.Items {
		if !SameValue(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i := range a.Entries {
		if a.Entries[i].Key != b.Entries[i].Key || !SameValue(a.Entries[i].Value, b.Entries[i].Value) {
			return false
		}
	}
	return true
}

// IfOf reads a Fn::If: the name of its condition and its branches.
func IfOf(n *cfn.Node) (condition, yes, no *cfn.Node, ok bool) {
	if !n.IsCall("Fn::If") {
		return nil, nil, nil, false
	}
	in := n.Arg().List(3, 3)
	if in == nil {
		return nil, nil, nil, false
	}
	return in[0], in[1], in[2], true
}

// IsPolicyDocument tells whether n is an authorisation document: a map with
// statements that have an effect. Web ACL rules have a Statement too, without.
func IsPolicyDocument(n *cfn.Node) bool {
	return hasEffect(n.Get("Statement"))
}

// hasEffect looks for an effect in every statement, those in branches of Fn::If
// too.
func hasEffect(n *cfn.Node) bool {
	if _, yes, no, ok := IfOf(n); ok {
		return hasEffect(yes) || hasEffect(no)
	}
	if n != nil && n.Kind == cfn.List {
		for _, item := range n.Items {
			if hasEffect(item) {
				return true
			}
		}
	}
	return n.Get("Effect") != nil
}
