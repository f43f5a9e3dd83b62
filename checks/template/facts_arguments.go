package template

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// arguments compares what a nested stack is given with what it declares.
func (s *stack) arguments() []checks.Argument {
	if s.parent == nil {
		return nil
	}
	var out []checks.Argument
	given := s.decl.Properties.Get("Parameters")
	row := func(name string, at cfn.Pos) checks.Argument {
		p := s.parent.place(at)
		return checks.Argument{
			Subject: s.parent.subject(s.decl.ID), Name: name, Given: "no", Exists: s.exists.String(),
			File: p.File, Line: p.Line, Column: p.Column,
		}
	}
	for _, p := range s.doc.Parameters {
		a := row(p.Name, s.decl.Entry.Pos)
		a.Declared, a.Required = true, p.Default == nil
		if v, is := s.passed(p); is {
			a.FromParameter = v.FromParameter()
			if a.Given = "yes"; v.Kind == Unknown && given.Kind != cfn.Map || couldVanish(v) {
				a.Given = checks.ExistsUndecided
			}
		}
		if s.exists != No {
			a.Breaks, a.Bound = violated(p, s.value(p))
		}
		out = append(out, a)
	}
	if given == nil || given.Kind != cfn.Map {
		return out
	}
	for _, e := range given.Entries {
		if s.doc.Parameter(e.Key) == nil && !e.IsUnexpanded() {
			a := row(e.Key, e.Pos)
			a.Given = "yes"
			out = append(out, a)
		}
	}
	return out
}

// couldVanish tells an argument that an undecided condition may take away.
func couldVanish(v Value) bool {
	for _, b := range v.Branches() {
		if b.Kind == NoValue || couldVanish(b) {
			return true
		}
	}
	return false
}
