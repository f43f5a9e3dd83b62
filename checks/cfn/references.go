package cfn

import (
	"iter"
	"strings"
)

// ReferenceKind is how something is referred to.
type ReferenceKind string

// How a template refers to what has a name.
const (
	ToRef       ReferenceKind = "Ref"         // a parameter, pseudo parameter or resource
	ToAttribute ReferenceKind = "Fn::GetAtt"  // of a resource
	ToCondition ReferenceKind = "Condition"   // also the condition of Fn::If
	ToMapping   ReferenceKind = "FindInMap"   // the name of a mapping
	ToResource  ReferenceKind = "DependsOn"   // a resource
	ToExport    ReferenceKind = "ImportValue" // an export of another stack
)

// Reference is one use of a name.
type Reference struct {
	Kind      ReferenceKind
	Name      string // empty when a function gives it
	Attribute string // of ToAttribute; empty when a function gives it
	InSub     bool   // written as ${Name} in a text of Fn::Sub
	Node      *Node  // the call, the text of Fn::Sub, or the name that stands alone
}

// References yields every reference in n, in the order of the text.
func References(n *Node) iter.Seq[Reference] {
	return func(yield func(Reference) bool) { references(n, yield) }
}

func references(n *Node, yield func(Reference) bool) bool {
	if n == nil {
		return true
	}
	if n.Kind == Call {
		if !referenceOf(n, yield) {
			return false
		}
	}
	for _, item := range n.Items {
		if !references(item, yield) {
			return false
		}
	}
	for _, e := range n.Entries {
		if !references(e.Value, yield) {
			return false
		}
	}
	return true
}

// referenceOf yields what the call itself refers to.
func referenceOf(n *Node, yield func(Reference) bool) bool {
	arg := n.Arg()
	switch n.Func {
	case "Ref":
		return yield(Reference{Kind: ToRef, Name: nameOf(arg), Node: n})
	case "Condition":
		return yield(Reference{Kind: ToCondition, Name: nameOf(arg), Node: n})
	case "Fn::GetAtt":
		if a, ok := n.GetAtt(); ok {
			return yield(Reference{Kind: ToAttribute, Name: a.ID, Attribute: a.Name, Node: n})
		}
	case "Fn::If":
		if arg.Kind == List && len(arg.Items) > 0 && arg.Items[0].IsScalar() {
			return yield(Reference{Kind: ToCondition, Name: arg.Items[0].Name(), Node: arg.Items[0]})
		}
	case "Fn::FindInMap":
		if arg.Kind == List && len(arg.Items) > 0 {
			return yield(Reference{Kind: ToMapping, Name: nameOf(arg.Items[0]), Node: n})
		}
	case "Fn::ImportValue":
		return yield(Reference{Kind: ToExport, Name: nameOf(arg), Node: n})
	case "Fn::Sub":
		return subReferences(n, yield)
	}
	return true
}

func nameOf(n *Node) string {
	if !n.IsScalar() {
		return ""
	}
	return n.Name()
}

func subReferences(n *Node, yield func(Reference) bool) bool {
	text, variables, ok := n.Sub()
	if !ok {
		return true
	}
	for _, p := range SubParts(text.Text) {
		if p.Name == "" || variables.Entry(p.Name) != nil {
			continue
		}
		r := Reference{Kind: ToRef, Name: p.Name, InSub: true, Node: text}
		if id, attribute, dotted := strings.Cut(p.Name, "."); dotted {
			r.Kind, r.Name, r.Attribute = ToAttribute, id, attribute
		}
		if !yield(r) {
			return false
		}
	}
	return true
}

// References yields what the resource refers to: its condition, what it depends
// on, and every reference in its body.
func (r *Resource) References() iter.Seq[Reference] {
	return func(yield func(Reference) bool) {
		if r.Condition != "" && !yield(Reference{Kind: ToCondition, Name: r.Condition, Node: r.Body.Get("Condition")}) {
			return
		}
		for _, n := range r.DependsOn {
			if !yield(Reference{Kind: ToResource, Name: n.Name(), Node: n}) {
				return
			}
		}
		references(r.Body, yield)
	}
}

// References yields what the output refers to: its condition, and every
// reference in its body.
func (o *Output) References() iter.Seq[Reference] {
	return func(yield func(Reference) bool) {
		if o.Condition != "" && !yield(Reference{Kind: ToCondition, Name: o.Condition, Node: o.Body.Get("Condition")}) {
			return
		}
		references(o.Body, yield)
	}
}
