package conform

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks/pattern"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// text judges a scalar. Of one that is known in part, only its least length is.
func (j *judge) text(v template.Value, s *registry.Schema, at spot) outcome {
	w := scalar{at: at, parameter: v.FromParameter()}
	text, known := v.Literal()
	if !known {
		w.out.open = true
		if s.MaxLength != nil && v.Kind == template.Pattern && v.MinLen() > *s.MaxLength {
			w.value = v.Text()
			w.add("maxLength", "at least "+strconv.Itoa(v.MinLen()), strconv.Itoa(*s.MaxLength))
		}
		return w.out
	}
	w.value = text
	w.choice(text, s)
	n, err := strconv.ParseFloat(text, 64)
	switch numeric := s.Type&(registry.Integer|registry.Number) != 0; {
	case numeric && err == nil && s.Type&registry.String == 0:
		w.number(n, s)
	case s.Type == 0 || s.Type.Has(registry.String):
		w.length(text, s)
		w.pattern(text, s)
	}
	return w.out
}

// scalar collects what one known text breaks.
type scalar struct {
	at        spot
	value     string
	parameter bool
	out       outcome
}

func (w *scalar) add(keyword, name, bound string) {
	w.out.add(violation{at: w.at, keyword: keyword, name: name, bound: bound, value: w.value, parameter: w.parameter})
}

// choice judges by the values that are listed.
func (w *scalar) choice(text string, s *registry.Schema) {
	if s.Const != nil && !alike(s.Const, text) {
		w.add("const", "", fmt.Sprint(s.Const))
	}
	if s.Enum != nil && !slices.ContainsFunc(s.Enum, func(one any) bool { return alike(one, text) }) {
		w.listed("enum", text, s.Enum)
	}
	if s.EnumCaseInsensitive != nil && !slices.ContainsFunc(s.EnumCaseInsensitive, func(one any) bool { return strings.EqualFold(fmt.Sprint(one), text) }) {
		w.listed("enum", text, s.EnumCaseInsensitive)
	}
}

func (w *scalar) listed(keyword, text string, values []any) {
	var all []string
	for _, one := range values {
		all = append(all, fmt.Sprint(one))
	}
	w.add(keyword, "", strings.Join(all, ", "))
	w.out.violations[len(w.out.violations)-1].nearest = spelling.Nearest(text, all)
}

// alike compares a value of a schema with a text, as numbers where it is one.
func alike(one any, text string) bool {
	switch one := one.(type) {
	case float64:
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && n == one
	case bool:
		return strings.EqualFold(strconv.FormatBool(one), text)
	}
	return one == text
}

func (w *scalar) number(n float64, s *registry.Schema) {
	for _, rule := range []struct {
		keyword string
		bound   *float64
		holds   func(bound float64) bool
	}{
		{"minimum", s.Minimum, func(b float64) bool { return n >= b }},
		{"maximum", s.Maximum, func(b float64) bool { return n <= b }},
		{"exclusiveMinimum", s.ExclusiveMinimum, func(b float64) bool { return n > b }},
		{"exclusiveMaximum", s.ExclusiveMaximum, func(b float64) bool { return n < b }},
		{"multipleOf", s.MultipleOf, func(b float64) bool { return b == 0 || math.Mod(n, b) == 0 }},
	} {
		if rule.bound != nil && !rule.holds(*rule.bound) {
			w.add(rule.keyword, "", strconv.FormatFloat(*rule.bound, 'f', -1, 64))
		}
	}
}

func (w *scalar) length(text string, s *registry.Schema) {
	length := utf8.RuneCountInString(text)
	if s.MinLength != nil && length < *s.MinLength {
		w.add("minLength", strconv.Itoa(length), strconv.Itoa(*s.MinLength))
	}
	if s.MaxLength != nil && length > *s.MaxLength {
		w.add("maxLength", strconv.Itoa(length), strconv.Itoa(*s.MaxLength))
	}
}

func (w *scalar) pattern(text string, s *registry.Schema) {
	if s.Pattern == "" {
		return
	}
	found, unknown := pattern.Found(s.Pattern, text)
	if found {
		return
	}
	w.add("pattern", "", s.Pattern)
	w.out.violations[len(w.out.violations)-1].unknown = unknown
}
