package conform

import (
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// choices judges by schemas of which some must hold.
func (j *judge) choices(v template.Value, s *registry.Schema, at spot) outcome {
	var out outcome
	if len(s.AnyOf) > 0 {
		out.merge(j.some(v, s.AnyOf, at))
	}
	if len(s.OneOf) > 0 {
		out.merge(j.one(v, s.OneOf, at))
	}
	if s.Not != nil {
		switch j.value(v, s.Not, at).truth() {
		case template.Yes:
			out.add(violation{at: at, keyword: "not", value: shown(v), parameter: v.FromParameter()})
		case template.Undecided:
			out.open = true
		}
	}
	if s.If != nil {
		out.merge(j.conditional(v, s, at))
	}
	return out
}

func (j *judge) conditional(v template.Value, s *registry.Schema, at spot) outcome {
	branch := s.Then
	switch j.value(v, s.If, at).truth() {
	case template.Undecided:
		return outcome{open: true}
	case template.No:
		branch = s.Else
	}
	if branch == nil {
		return outcome{}
	}
	return j.value(v, branch, at)
}

// some is broken when each of the choices is. What is said is what the nearest
// of them misses.
func (j *judge) some(v template.Value, choices []*registry.Schema, at spot) outcome {
	fits, nearest := j.compare(v, choices, at)
	if fits.sure > 0 {
		return outcome{}
	}
	if fits.possible > 0 {
		return outcome{open: true}
	}
	return nearest
}

// one is broken, too, when several hold.
func (j *judge) one(v template.Value, choices []*registry.Schema, at spot) outcome {
	fits, nearest := j.compare(v, choices, at)
	switch {
	case fits.sure > 1:
		return outcome{violations: []violation{{at: at, keyword: "oneOf", value: shown(v), parameter: v.FromParameter()}}}
	case fits.sure == 1 && fits.possible == 1:
		return outcome{}
	case fits.possible > 0:
		return outcome{open: true}
	}
	return nearest
}

// fitting counts the choices that hold, and those that may.
type fitting struct{ sure, possible int }

func (j *judge) compare(v template.Value, choices []*registry.Schema, at spot) (f fitting, nearest outcome) {
	for i, s := range choices {
		o := j.value(v, s, at)
		switch o.truth() {
		case template.Yes:
			f.sure++
			f.possible++
		case template.Undecided:
			f.possible++
		}
		if i == 0 || closer(o, nearest) {
			nearest = o
		}
	}
	return f, nearest
}

// closer tells which of two choices was meant: the one that reads further into
// the value, then the one that misses less. A wrong kind is furthest.
func closer(a, b outcome) bool {
	if x, y := a.wrongKind(), b.wrongKind(); x != y {
		return y
	}
	return len(a.violations) < len(b.violations)
}

func (o outcome) wrongKind() bool {
	return len(o.violations) > 0 && o.violations[0].keyword == "type"
}
