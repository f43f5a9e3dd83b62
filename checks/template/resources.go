package template

import (
	"iter"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// Resource is one resource that CloudFormation will create, in one stack. What
// SAM generates stands as what it generates, with Origin naming its source.
type Resource struct {
	Subject   string
	Stack     string
	LogicalID string
	Type      string
	Origin    string // logical id of the SAM resource that generates it
	At        Position
	Exists    Truth
	NameKind  string // "literal", "pattern", "generated" or "none"
	NameMax   int    // longest name of the type; 0 when there is none
	Name      Value
	ARN       Value
	Retain    bool // DeletionPolicy keeps it when the stack goes

	stack *stack
	decl  *sam.Resource
}

// Resources yields every resource of the tree, those under a false condition
// with Exists No.
func (t *Tree) Resources() iter.Seq[Resource] {
	return func(yield func(Resource) bool) {
		for _, s := range t.stacks {
			for _, r := range s.expanded().Resources {
				if !yield(s.resource(r)) {
					return
				}
			}
		}
	}
}

func (s *stack) resource(r *sam.Resource) Resource {
	n := s.naming(r)
	out := Resource{
		Subject: s.subject(r.ID), Stack: s.label(), LogicalID: r.ID, Type: r.Type,
		At: s.place(r.Entry.Pos), Exists: s.presence(r),
		NameKind: n.kind, NameMax: n.max, Name: n.name, ARN: n.arn,
		stack: s, decl: r,
	}
	if r.Origin != nil {
		out.Origin = r.Origin.ID
	}
	policy := r.Body.Get("DeletionPolicy")
	out.Retain = policy.IsScalar() && strings.HasPrefix(policy.Text, "Retain")
	return out
}

// Properties resolves the properties, once. A property that is absent under
// the conditions of this stack is left out.
func (r Resource) Properties() Value {
	s := r.stack
	if v, done := s.bodies[r.decl.ID]; done {
		return v
	}
	v := s.eval(r.decl.Properties)
	s.bodies[r.decl.ID] = v
	return v
}

// StackTags are the tags that the nested stack resources above give to what
// the stack creates, the outermost first. Tags given to the root stack itself
// are not among them.
func (r Resource) StackTags() []Value {
	var out []Value
	for s := r.stack; s.parent != nil; s = s.parent {
		if v := s.parent.property(s.decl, "Tags"); v.Kind != NoValue {
			out = append([]Value{v}, out...)
		}
	}
	return out
}
