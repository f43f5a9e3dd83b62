package template

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// arguments compares what a nested stack is given with what it declares.
func (s *stack) arguments() []checks.Argument {
	if s.parent == nil {
		return nil
	}
	written := s.written()
	var out []checks.Argument
	for _, p := range s.doc.Parameters {
		out = append(out, s.declaredArgument(p, written))
	}
	for _, w := range written {
		if s.doc.Parameter(w.name) != nil {
			continue
		}
		v := s.parent.eval(w.node)
		if v.Kind == NoValue {
			continue
		}
		a := s.argumentAt(w.name, w.pos, w.at.exists)
		a.Nearest = spelling.Nearest(w.name, s.parameterNames())
		if a.Given = "yes"; couldVanish(v) {
			a.Exists = w.at.exists.and(Undecided).String()
		}
		out = append(out, a)
	}
	return out
}

func (s *stack) argumentAt(name string, pos cfn.Pos, exists Truth) checks.Argument {
	p := s.parent.place(pos)
	return checks.Argument{
		Subject: s.parent.subject(s.decl.ID), Name: name, Given: "no", Exists: exists.String(),
		File: p.File, Line: p.Line, Column: p.Column,
	}
}

// declaredArgument is the row of a parameter that the nested stack has.
func (s *stack) declaredArgument(p *cfn.Parameter, written []argument) checks.Argument {
	at := s.decl.Entry.Pos
	i := slices.IndexFunc(written, func(w argument) bool { return w.name == p.Name })
	if i >= 0 {
		at = written[i].pos
	}
	a := s.argumentAt(p.Name, at, s.exists)
	a.Declared, a.Required = true, p.Default == nil
	v, given := s.passed(p)
	a.Bytes = leastBytes(v)
	switch args := s.decl.Properties.Get("Parameters"); {
	case given && (v.Kind == Unknown && args.Kind != cfn.Map || couldVanish(v)):
		a.Given = checks.ExistsUndecided
	case given:
		a.Given = "yes"
	}
	if s.exists == No {
		return a
	}
	s.judgeShape(&a, written)
	s.judgeValue(&a, p, v)
	return a
}

// judgeShape notes an argument that is a list or a map.
func (s *stack) judgeShape(a *checks.Argument, written []argument) {
	for _, w := range written {
		if w.name != a.Name {
			continue
		}
		shape, exists := s.parent.shape(w.node, w.at)
		if shape == "" || a.Shape != "" && exists != Yes {
			continue
		}
		p := s.parent.at(w.node)
		a.Shape, a.Exists, a.Line, a.Column = shape, exists.String(), p.Line, p.Column
	}
}

// judgeValue notes the constraint that the parameter's value breaks. A default
// is a value of the child's own template.
func (s *stack) judgeValue(a *checks.Argument, p *cfn.Parameter, given Value) {
	a.FromParameter = given.FromParameter()
	if a.Shape != "" || a.Given == checks.ExistsUndecided {
		return
	}
	v := s.value(p)
	b := violated(p, v)
	if v.isPlaceholder() {
		return
	}
	a.Breaks, a.Bound, a.Unknown = b.kind, b.bound, b.unknown
	if a.Breaks == "" && a.Unknown == "" {
		return
	}
	a.Value = v.Text()
	if a.Given == "no" {
		at := s.at(p.Default)
		a.FromDefault, a.File, a.Line, a.Column = true, at.File, at.Line, at.Column
	}
}

// isPlaceholder tells a text that whoever packages the release replaces, such
// as ${{PANTHER_VERSION}}.
func (v Value) isPlaceholder() bool {
	return v.Kind == Literal && strings.Contains(v.parts[0].Text, "${{")
}

func (s *stack) parameterNames() []string {
	out := make([]string, len(s.doc.Parameters))
	for i, p := range s.doc.Parameters {
		out[i] = p.Name
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
