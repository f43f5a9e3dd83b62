package conform

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/pattern"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

func (j *judge) object(v template.Value, s *registry.Schema, at spot) outcome {
	out := outcome{open: v.Reason() != ""}
	for _, f := range v.Fields() {
		inside := at.into(f.Key, f.At, f.Value)
		sub, known := j.property(s, f.Key)
		switch {
		case known && j.readOnly(inside.path):
			key := inside
			key.place = f.At
			out.add(violation{at: key, keyword: "read_only", name: f.Key})
		case known && sub != nil:
			out.merge(j.value(f.Value, sub, inside))
		case !known:
			key := inside
			key.place = f.At
			out.add(violation{at: key, keyword: "unknown_property", name: f.Key, nearest: nearestName(f.Key, s)})
		}
	}
	p := presence{v: v, at: at}
	p.required(s)
	p.count(s)
	out.merge(p.out)
	return out
}

// property is the schema of a property; nil and known where anything is taken.
func (j *judge) property(s *registry.Schema, name string) (sub *registry.Schema, known bool) {
	if sub := s.Properties[name]; sub != nil {
		return sub, true
	}
	for _, p := range slices.Sorted(maps.Keys(s.PatternProperties)) {
		if found, unknown := pattern.Found(p, name); found || unknown != "" {
			return s.PatternProperties[p], true
		}
	}
	return nil, !s.Closed() || s == j.typ.Schema && j.typ.AnyAttribute()
}

func (j *judge) readOnly(path string) bool {
	return slices.Contains(j.typ.ReadOnly, names(path))
}

// names is a path without the places in lists.
func names(path string) string {
	for {
		open := strings.IndexByte(path, '[')
		end := strings.IndexByte(path, ']')
		if open < 0 || end < open {
			return path
		}
		path = path[:open] + path[end+1:]
	}
}

func nearestName(name string, s *registry.Schema) string {
	return spelling.Nearest(name, slices.Sorted(maps.Keys(s.Properties)))
}

// presence judges which properties are there together.
type presence struct {
	v   template.Value
	at  spot
	out outcome
}

func (p *presence) add(keyword, name, bound string) {
	p.out.add(violation{at: p.at, keyword: keyword, name: name, bound: bound})
}

// has tells whether a property is there: an undecided condition may take it away.
func (p *presence) has(name string) template.Truth {
	v := p.v.Get(name)
	switch {
	case v.Kind == template.NoValue:
		return template.No
	case v.Kind == template.Unknown && (mayVanish(v) || p.v.Reason() != "" && len(v.Branches()) == 0):
		return template.Undecided
	}
	return template.Yes
}

func mayVanish(v template.Value) bool {
	return slices.ContainsFunc(v.Branches(), func(b template.Value) bool { return b.Kind == template.NoValue || mayVanish(b) })
}

// several counts those that are there, and those that may be.
func (p *presence) several(names []string) (sure, possible int) {
	for _, name := range names {
		switch p.has(name) {
		case template.Yes:
			sure++
			possible++
		case template.Undecided:
			possible++
		}
	}
	return sure, possible
}

func (p *presence) required(s *registry.Schema) {
	for _, name := range s.Required {
		p.demand(name, "required", name)
	}
	if sure, possible := p.several(s.RequiredXor); len(s.RequiredXor) > 0 {
		switch all := strings.Join(s.RequiredXor, ", "); {
		case possible == 0:
			p.add("requiredXor", "", all)
		case sure > 1:
			p.add("requiredXor", strconv.Itoa(sure), all)
		}
	}
	if _, possible := p.several(s.RequiredOr); len(s.RequiredOr) > 0 && possible == 0 {
		p.add("requiredOr", "", strings.Join(s.RequiredOr, ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(s.DependentRequired)) {
		for _, other := range s.DependentRequired[name] {
			if p.has(name) == template.Yes {
				p.demand(other, "dependentRequired", name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.DependentExcluded)) {
		for _, other := range s.DependentExcluded[name] {
			if other != name && p.has(name) == template.Yes && p.has(other) == template.Yes {
				p.add("dependentExcluded", other, name)
			}
		}
	}
}

// demand notes a property that is not there. What may be there is left open.
func (p *presence) demand(name, keyword, bound string) {
	switch p.has(name) {
	case template.No:
		p.add(keyword, name, bound)
	case template.Undecided:
		p.out.open = true
	}
}

// count judges how many properties there are.
func (p *presence) count(s *registry.Schema) {
	sure := len(p.v.Fields())
	if s.MinProperties != nil && sure < *s.MinProperties && p.v.Reason() == "" {
		p.add("minProperties", strconv.Itoa(sure), strconv.Itoa(*s.MinProperties))
	}
	for _, f := range p.v.Fields() {
		if mayVanish(f.Value) {
			sure--
		}
	}
	if s.MaxProperties != nil && sure > *s.MaxProperties {
		p.add("maxProperties", strconv.Itoa(sure), strconv.Itoa(*s.MaxProperties))
	}
}
