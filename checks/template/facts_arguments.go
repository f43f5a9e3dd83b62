package template

import "github.com/panther-preflight/panther-preflight/checks"

// arguments compares what a nested stack is given with what it declares.
func (s *stack) arguments() []checks.Argument {
	if s.parent == nil {
		return nil
	}
	var out []checks.Argument
	given := s.decl.properties.get("Parameters")
	row := func(name string, at *node) checks.Argument {
		p := s.parent.at(at)
		return checks.Argument{
			Subject: s.parent.subject(s.decl.id), Name: name, Given: "no", Exists: s.exists.String(),
			File: p.File, Line: p.Line, Column: p.Column,
		}
	}
	for _, p := range s.doc.parameters {
		a := row(p.name, &node{line: s.decl.line, column: s.decl.column})
		a.Declared, a.Required = true, p.preset == nil
		if v, is := s.passed(p); is {
			a.FromParameter = v.FromParameter()
			if a.Given = "yes"; v.Kind == Unknown && given.kind != mapNode || couldVanish(v) {
				a.Given = checks.ExistsUndecided
			}
		}
		if s.exists != No {
			a.Breaks, a.Bound = p.violated(s.value(p))
		}
		out = append(out, a)
	}
	if given == nil || given.kind != mapNode {
		return out
	}
	for _, e := range given.entries {
		if s.parameter(e.key) == nil && !isLoop(e.key) {
			a := row(e.key, &node{line: e.line, column: e.column})
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
