package conform

import (
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

func (j *judge) list(v template.Value, s *registry.Schema, at spot) outcome {
	out := outcome{open: v.Reason() != ""}
	sure := 0
	for i, item := range v.Items() {
		if !mayVanish(item) {
			sure++
		}
		sub := s.Items
		if i < len(s.PrefixItems) {
			sub = s.PrefixItems[i]
		}
		if sub != nil {
			out.merge(j.value(item, sub, at.into("["+strconv.Itoa(i)+"]", at.place, item)))
		}
	}
	add := func(keyword, name, bound string, value template.Value) {
		out.add(violation{at: at, keyword: keyword, name: name, bound: bound, parameter: value.FromParameter()})
	}
	if s.MinItems != nil && len(v.Items()) < *s.MinItems && v.Reason() == "" {
		add("minItems", strconv.Itoa(len(v.Items())), strconv.Itoa(*s.MinItems), v)
	}
	if s.MaxItems != nil && sure > *s.MaxItems {
		add("maxItems", strconv.Itoa(sure), strconv.Itoa(*s.MaxItems), v)
	}
	if s.UniqueItems {
		if twice := repeated(v.Items(), func(item template.Value) (string, bool) { return fingerprint(item) }); twice != nil {
			text, _ := twice.Literal()
			add("uniqueItems", text, "", *twice)
		}
	}
	if len(s.UniqueKeys) > 0 {
		if twice := repeated(v.Items(), keyed(s.UniqueKeys)); twice != nil {
			text, _ := keyed(s.UniqueKeys)(*twice)
			add("uniqueKeys", text, strings.Join(s.UniqueKeys, ", "), *twice)
		}
	}
	return out
}

// repeated is the first item that is certainly like one before it.
func repeated(items []template.Value, print func(template.Value) (string, bool)) *template.Value {
	seen := map[string]bool{}
	for i := range items {
		text, known := print(items[i])
		if known && seen[text] {
			return &items[i]
		}
		seen[text] = seen[text] || known
	}
	return nil
}

// keyed tells items apart by some of their properties.
func keyed(names []string) func(template.Value) (string, bool) {
	return func(v template.Value) (string, bool) {
		var parts []string
		for _, name := range names {
			text, known := v.Get(name).Literal()
			if !known {
				return "", false
			}
			parts = append(parts, text)
		}
		return strings.Join(parts, ", "), true
	}
}

// fingerprint is alike for values that are alike; known only where all of them is.
func fingerprint(v template.Value) (string, bool) {
	var b strings.Builder
	ok := write(&b, v)
	return b.String(), ok
}

func write(b *strings.Builder, v template.Value) bool {
	switch v.Kind {
	case template.Literal:
		text, known := v.Literal()
		b.WriteString(strconv.Quote(text))
		return known
	case template.List:
		b.WriteByte('[')
		for _, item := range v.Items() {
			if !write(b, item) {
				return false
			}
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case template.Map:
		b.WriteByte('{')
		for _, f := range v.Fields() {
			b.WriteString(strconv.Quote(f.Key) + ":")
			if !write(b, f.Value) {
				return false
			}
			b.WriteByte(',')
		}
		b.WriteByte('}')
	default:
		return false
	}
	return v.Reason() == ""
}
