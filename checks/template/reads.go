package template

import "github.com/panther-preflight/panther-preflight/checks"

// read notes that an output of a nested stack is read, and whether it is there.
func (w *referrer) read(u use, name string) {
	s := w.stack
	p := s.at(u.node)
	r := checks.OutputRead{
		Subject: w.subject, Child: s.subject(u.name), Output: name, Declared: "unknown", Produced: checks.ExistsUndecided,
		Exists: u.at.exists.String(), File: p.File, Line: p.Line, Column: p.Column,
	}
	if child := s.children[u.name]; child != nil {
		r.Declared, r.Produced = child.has(name, u.at)
	}
	w.reads = append(w.reads, r)
}

// has tells whether a stack has an output, and whether the output's own
// condition holds where it is read.
func (s *stack) has(output string, at reach) (declared, produced string) {
	o := s.doc.Output(output)
	switch {
	case o == nil && s.doc.opened("Outputs"):
		return "unknown", checks.ExistsNo
	case o == nil:
		return "no", checks.ExistsNo
	case o.Condition == "":
		return "yes", checks.ExistsYes
	}
	t := s.condition(o.Condition, o.Body.Get("Condition"))
	if t == Undecided && !possible(append(at.guards[:len(at.guards):len(at.guards)], guard{s, o.Condition, No})...) {
		t = Yes
	}
	return "yes", t.String()
}
