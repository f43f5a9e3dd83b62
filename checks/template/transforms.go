package template

import (
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// StackTransform is one macro that a stack's template names.
type StackTransform struct {
	Stack string // the stack's path
	Name  string
}

// Transforms are the macros of every stack, in the order of the stacks.
func (t *Tree) Transforms() []StackTransform {
	var out []StackTransform
	for _, s := range t.stacks {
		for _, x := range s.doc.Transforms {
			out = append(out, StackTransform{s.label(), x.Name})
		}
	}
	return out
}

// MayChange tells whether a macro works on the whole template before
// CloudFormation reads it: what the macro makes of the resource is not known.
func (r Resource) MayChange() bool {
	return slices.ContainsFunc(r.stack.doc.Transforms, func(x cfn.Transform) bool { return !x.Expanded() })
}

// OriginType is the type of the SAM resource that generates the resource, or
// empty.
func (r Resource) OriginType() string {
	if r.decl.Origin == nil {
		return ""
	}
	return r.decl.Origin.Type
}
