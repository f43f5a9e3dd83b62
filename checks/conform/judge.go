package conform

import (
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// violation is one keyword that a value breaks. An open one is of a value that
// an undecided condition chooses.
type violation struct {
	at        spot
	keyword   string
	name      string
	nearest   string
	bound     string
	value     string
	parameter bool
	unknown   string
	open      bool
}

// outcome is what is known of a value and a schema. Open says that some of it is
// known at deployment only.
type outcome struct {
	violations []violation
	open       bool
}

func (o *outcome) add(v violation) { o.violations = append(o.violations, v) }

func (o *outcome) merge(p outcome) {
	o.violations = append(o.violations, p.violations...)
	o.open = o.open || p.open
}

// truth tells whether the value fits.
func (o outcome) truth() template.Truth {
	t := template.Yes
	if o.open {
		t = template.Undecided
	}
	for _, v := range o.violations {
		if !v.open && v.unknown == "" {
			return template.No
		}
		t = template.Undecided
	}
	return t
}

// judge compares the values of one resource with its type.
type judge struct {
	typ   *registry.Type
	depth int
}

// deepest bounds schemas that lead to themselves.
const deepest = 64

// value judges one value. What a condition leaves open is judged for each value
// that it may choose.
func (j *judge) value(v template.Value, s *registry.Schema, at spot) outcome {
	if j.depth++; j.depth > deepest {
		j.depth--
		return outcome{open: true}
	}
	defer func() { j.depth-- }()
	if branches := v.Branches(); len(branches) > 0 {
		out := outcome{open: true}
		for _, b := range branches {
			if b.Kind == template.NoValue {
				continue
			}
			for _, found := range j.value(b, s, at).violations {
				found.open = true
				out.add(found)
			}
		}
		return out
	}
	if v.Kind == template.Unknown || v.Kind == template.NoValue {
		return outcome{open: true}
	}
	out := j.alone(v, s, at)
	if s.Ref != nil {
		out.merge(j.value(v, s.Ref, at))
	}
	for _, one := range s.AllOf {
		out.merge(j.value(v, one, at))
	}
	out.merge(j.choices(v, s, at))
	return out
}

// alone judges by the keywords that stand in this schema itself.
func (j *judge) alone(v template.Value, s *registry.Schema, at spot) outcome {
	if wrong := kindFault(v, s.Type); wrong {
		return outcome{violations: []violation{{
			at: at, keyword: "type", bound: kindsOf(s.Type), value: shown(v), parameter: v.FromParameter(),
		}}}
	}
	switch v.Kind {
	case template.Map:
		return j.object(v, s, at)
	case template.List:
		return j.list(v, s, at)
	}
	return j.text(v, s, at)
}
