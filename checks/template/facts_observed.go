package template

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// observations report the observed properties of a resource, and of the SAM
// resource that it comes of.
func (r Resource) observations() []checks.Setting {
	out := r.observe(r.Type, observedRows()[r.Type], r.Properties)
	if o := r.decl.Origin; o != nil && o.ID == r.decl.ID {
		out = append(out, r.observe(o.Type, observedRows()[o.Type], func() Value { return r.stack.eval(sam.WithGlobals(r.stack.doc.Template, o)) })...)
	}
	return out
}

func (r Resource) observe(kind string, rows []observed, properties func() Value) []checks.Setting {
	if len(rows) == 0 {
		return nil
	}
	var out []checks.Setting
	p := properties()
	for _, o := range rows {
		for _, found := range follow(p, o.steps, false) {
			out = append(out, r.setting(kind, o.path, found))
		}
	}
	return out
}

func (r Resource) setting(kind, path string, found seen) checks.Setting {
	v, at := found.value, found.value.At
	if v.Kind == NoValue || at.File == "" {
		at = r.At
	}
	s := checks.Setting{
		Subject: r.Subject, Type: kind, Path: path, State: v.Kind.String(), Exists: r.Exists.String(), Parameter: v.FromParameter(),
		File: at.File, Line: at.Line, Column: at.Column,
	}
	if found.open && r.Exists == Yes {
		s.Exists = Undecided.String()
	}
	switch v.Kind {
	case NoValue:
		s.State = "absent"
	case List, Map:
		s.State = "present"
	case Literal:
		if s.Text = v.Text(); v.secret {
			s.State, s.Reason = Pattern.String(), secretReason
		}
	case Pattern:
		s.Text, s.Reason = v.Text(), v.Reason()
	case Unknown:
		s.Reason = v.why()
	}
	return s
}
