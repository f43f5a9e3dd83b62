package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// stack is one template as it is deployed in one place of the tree. What it
// resolves is kept, so that each node is evaluated once.
type stack struct {
	tree     *Tree
	doc      *document
	body     Body
	path     []string // logical ids from the entry template
	parent   *stack
	decl     *sam.Resource // in the parent; nil for the entry
	exists   Truth
	name     Value            // AWS::StackName
	given    map[string]Value // arguments by parameter
	children map[string]*stack
	failed   map[string]string // children that were not loaded, and why

	values    map[string]Value // resolved parameters
	conds     map[string]Truth
	names     map[string]naming
	resolving map[string]bool // what is being resolved, to end cycles
	bodies    map[string]Value
	outputs   map[string]Value
	expansion *expansion
}

func newStack(t *Tree, d *document) *stack {
	return &stack{
		tree: t, doc: d,
		children: map[string]*stack{}, failed: map[string]string{},
		values: map[string]Value{}, conds: map[string]Truth{}, names: map[string]naming{},
		resolving: map[string]bool{}, bodies: map[string]Value{}, outputs: map[string]Value{},
	}
}

// label is the stack's path in a subject.
func (s *stack) label() string {
	if len(s.path) == 0 {
		return "entry"
	}
	return strings.Join(s.path, "/")
}

func (s *stack) subject(id string) string { return s.label() + "#" + id }

func (s *stack) at(n *cfn.Node) Position {
	return s.place(n.Pos)
}

func (s *stack) place(p cfn.Pos) Position {
	return Position{File: s.doc.File, Line: p.Line, Column: p.Column}
}

// once resolves what key names, and reports a cycle as an unknown value.
func (s *stack) once(key string, at *cfn.Node, resolve func() Value) Value {
	if s.resolving[key] {
		s.tree.cycle(s, at, key)
		return unknown("a circular reference through " + key)
	}
	s.resolving[key] = true
	defer delete(s.resolving, key)
	return resolve()
}

// declared tells whether the condition of a declared resource holds.
func (s *stack) declared(r *cfn.Resource) Truth {
	if r.Condition == "" {
		return s.exists
	}
	return s.exists.and(s.condition(r.Condition, r.Body))
}

// presence tells whether a resource comes to exist.
func (s *stack) presence(r *sam.Resource) Truth {
	t := s.declared(r.Resource)
	if r.Unless == nil {
		return t
	}
	switch v := s.eval(r.Unless); {
	case v.Kind == NoValue:
		return t
	case v.Kind == Unknown && len(v.items) > 0:
		return t.and(Undecided)
	}
	return No
}

// output resolves what a parent reads as GetAtt Child.Outputs.Name.
func (s *stack) output(name string, at *cfn.Node) Value {
	o := s.doc.Output(name)
	if o == nil {
		if len(s.doc.Unexpanded) > 0 {
			return unknown("output " + name + " may come of a loop or macro in " + s.doc.File)
		}
		return unknown("the stack has no output " + name)
	}
	if o.Value == nil {
		return unknown("output " + name + " has no Value")
	}
	if known, done := s.outputs[name]; done {
		return known
	}
	out := s.once("output "+name, at, func() Value { return s.eval(o.Value) })
	if out.Kind == Map || out.Kind == List {
		out = unknown(out.why())
	}
	s.outputs[name] = out
	return out
}
