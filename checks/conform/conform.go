package conform

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Violations judges every resource that may come to exist and that no macro
// changes. Without a region,
// the schemas are those of the region with most in common.
func Violations(t *template.Tree, region string) []checks.Violation {
	var out []checks.Violation
	for r := range t.Resources() {
		if r.Exists == template.No || r.MayChange() {
			continue
		}
		typ, known := registry.In(region, r.Type)
		if region == "" {
			typ, known = registry.Lookup(r.Type)
		}
		if !known {
			continue
		}
		for _, v := range violations(r, typ) {
			out = append(out, fact(r, typ, v))
		}
	}
	return out
}

// violations judges one resource. What SAM generates is completed by SAM, so
// only the values that its author wrote are judged.
func violations(r template.Resource, typ *registry.Type) []violation {
	j := judge{typ: typ}
	found := j.value(r.Properties(), typ.Schema, spot{place: r.At}).violations
	if r.Origin == "" {
		return found
	}
	var written []violation
	for _, v := range found {
		if aboutValue[v.keyword] {
			written = append(written, v)
		}
	}
	return written
}

// aboutValue are the keywords that a single value breaks, whatever stands beside it.
var aboutValue = map[string]bool{
	"enum": true, "const": true, "pattern": true, "minLength": true, "maxLength": true,
	"minimum": true, "maximum": true, "exclusiveMinimum": true, "exclusiveMaximum": true, "multipleOf": true,
}

func fact(r template.Resource, typ *registry.Type, v violation) checks.Violation {
	f := checks.Violation{
		Subject: r.Subject, Type: r.Type, Path: v.at.path, Keyword: v.keyword, Name: v.name, Nearest: v.nearest,
		Bound: v.bound, Value: shortened(v.value), Parameter: v.parameter, Unknown: v.unknown, Exists: r.Exists.String(),
		File: v.at.place.File, Line: v.at.place.Line, Column: v.at.place.Column,
	}
	if v.keyword == "unknown_property" {
		if elsewhere, ok := registry.Lookup(r.Type); ok && elsewhere != typ {
			_, f.OtherRegions = elsewhere.Property(v.at.path)
		}
	}
	f.Named = v.at.path != "" && v.at.path == typ.Naming().Property
	if v.open && r.Exists == template.Yes {
		f.Exists = template.Undecided.String()
	}
	return f
}

// mostShown is how much of a value a message shows.
const mostShown = 80

func shortened(text string) string {
	if r := []rune(text); len(r) > mostShown {
		return string(r[:mostShown]) + "…"
	}
	return text
}

// spot is where a value stands in the properties and in its template.
type spot struct {
	path  string
	place template.Position
}

// into is the spot of a value below. One that a nested stack is given stands in
// the parent's template; its property stands here.
func (s spot) into(name string, place template.Position, v template.Value) spot {
	if strings.HasPrefix(name, "[") || s.path == "" {
		s.path += name
	} else {
		s.path += "." + name
	}
	if v.At.File == place.File {
		place = v.At
	}
	s.place = place
	return s
}
