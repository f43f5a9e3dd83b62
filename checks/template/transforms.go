package template

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

// OriginType is the type of the SAM resource that generates the resource, or
// empty.
func (r Resource) OriginType() string {
	if r.decl.Origin == nil {
		return ""
	}
	return r.decl.Origin.Type
}
