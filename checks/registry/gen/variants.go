package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// resourceType is a type with its base schema and what regions have otherwise.
type resourceType struct {
	name     string
	regions  uint64 // that have the type
	base     map[string]any
	variants []variant
}

type variant struct {
	regions uint64
	schema  map[string]any
}

// types reads every type of every region.
func (s *source) types() ([]resourceType, error) {
	names := map[string]bool{}
	for _, types := range s.byRegion {
		for name := range types {
			names[name] = true
		}
	}
	var out []resourceType
	for _, name := range slices.Sorted(maps.Keys(names)) {
		t, err := s.resourceType(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, t)
	}
	return out, nil
}

// resourceType groups the regions of a type by schema. The base is the home
// region's, or else that of most regions.
func (s *source) resourceType(name string) (resourceType, error) {
	groups := map[string]*variant{} // by text
	read := map[string]string{}     // text by file
	base := ""
	t := resourceType{name: name}
	for i, region := range s.regions {
		file, has := s.byRegion[region][name]
		if !has {
			continue
		}
		if _, done := read[file]; !done {
			schema, err := s.schema(name, file)
			if err != nil {
				return t, err
			}
			s.attributes.add(name, schema)
			if err := normalize(schema); err != nil {
				return t, fmt.Errorf("%s: %w", file, err)
			}
			text, err := json.Marshal(schema)
			if err != nil {
				return t, err
			}
			read[file] = string(text)
			if groups[string(text)] == nil {
				groups[string(text)] = &variant{schema: schema}
			}
		}
		groups[read[file]].regions |= 1 << i
		t.regions |= 1 << i
		if region == home {
			base = read[file]
		}
	}
	if base == "" {
		base = largest(groups)
	}
	t.base = groups[base].schema
	for _, text := range slices.Sorted(maps.Keys(groups)) {
		if text != base {
			t.variants = append(t.variants, variant{groups[text].regions, difference(t.base, groups[text].schema)})
		}
	}
	return t, nil
}

func largest(groups map[string]*variant) string {
	best, most := "", -1
	for _, text := range slices.Sorted(maps.Keys(groups)) {
		if n := onesCount(groups[text].regions); n > most {
			best, most = text, n
		}
	}
	return best
}

// difference is what makes one schema of another: keywords that are replaced,
// null for one that is gone. Properties and definitions are replaced one by
// one.
func difference(base, other map[string]any) map[string]any {
	out := map[string]any{}
	for key := range base {
		if _, still := other[key]; !still && key != "definitions" {
			out[key] = nil
		}
	}
	for key, value := range other {
		if reflect.DeepEqual(base[key], value) {
			continue
		}
		from, _ := base[key].(map[string]any)
		to, isMap := value.(map[string]any)
		if from == nil || !isMap || key != "properties" && key != "definitions" {
			out[key] = value
			continue
		}
		d := difference(map[string]any{}, to)
		for name := range d {
			if reflect.DeepEqual(from[name], to[name]) {
				delete(d, name)
			}
		}
		for name := range from {
			// A definition that nothing refers to any longer does no harm.
			if to[name] == nil && key == "properties" {
				d[name] = nil
			}
		}
		if len(d) > 0 {
			out[key] = d
		}
	}
	return out
}
