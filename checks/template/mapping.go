package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// findInMap looks a value up. With LanguageExtensions a fourth argument gives
// what is taken when a key is absent.
func (s *stack) findInMap(a *cfn.Node) Value {
	in := a.List(3, 4)
	if in == nil {
		return malformed("Fn::FindInMap")
	}
	preset := (*cfn.Node)(nil)
	if len(in) == 4 {
		preset = in[3].Get("DefaultValue")
	}
	name, known := s.eval(in[0]).Literal()
	if !known {
		return unknown("the mapping that Fn::FindInMap reads is not known")
	}
	top, second := s.eval(in[1]), s.eval(in[2])
	row, column := readable(top), readable(second)
	if row == nil || column == nil {
		return unknown("the keys of mapping " + name + " are not known: " + firstReason(top, second))
	}
	n := s.doc.Mappings.At(name, *row, *column)
	switch {
	case n != nil:
		return s.eval(n)
	case preset != nil:
		return s.eval(preset)
	}
	return unknown("mapping " + name + " has nothing under " + *row + ", " + *column)
}

// readable returns the text of a key even when it may not be shown.
func readable(v Value) *string {
	if v.Kind != Literal {
		return nil
	}
	return &v.parts[0].Text
}

func firstReason(values ...Value) string {
	for _, v := range values {
		if r := v.Reason(); r != "" {
			return r
		}
	}
	return "never resolved"
}
