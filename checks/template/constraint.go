package template

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// violated names the first constraint that a value given to a parameter breaks,
// with the constraint as written; empty when none is known to be broken. A list
// is judged by its elements, as CloudFormation does.
func (p *parameter) violated(v Value) (kind, bound string) {
	switch {
	case v.Kind == List:
		for _, item := range v.items {
			if kind, bound = p.violated(item); kind != "" {
				return kind, bound
			}
		}
		return "", ""
	case v.Kind != Literal || p.fromStore():
		return "", ""
	}
	text := v.parts[0].Text
	switch {
	case p.hasAllowed && !slices.Contains(p.allowed, text):
		return "AllowedValues", strings.Join(p.allowed, ", ")
	case p.pattern != nil && !matches(*p.pattern, text):
		return "AllowedPattern", *p.pattern
	case p.minLen != nil && utf8.RuneCountInString(text) < number(*p.minLen, 0):
		return "MinLength", *p.minLen
	case p.maxLen != nil && utf8.RuneCountInString(text) > number(*p.maxLen, len(text)):
		return "MaxLength", *p.maxLen
	case p.kind == "Number" || p.kind == "List<Number>":
		return p.outside(text)
	}
	return "", ""
}

// outside judges a number.
func (p *parameter) outside(text string) (kind, bound string) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "Type", p.kind
	}
	if p.min != nil {
		if least, err := strconv.ParseFloat(*p.min, 64); err == nil && n < least {
			return "MinValue", *p.min
		}
	}
	if p.max != nil {
		if most, err := strconv.ParseFloat(*p.max, 64); err == nil && n > most {
			return "MaxValue", *p.max
		}
	}
	return "", ""
}

// matches asks for the whole value. A pattern that only CloudFormation can
// read breaks nothing that is known here.
func matches(pattern, text string) bool {
	re, err := regexp.Compile(`^(?:` + pattern + `)$`)
	return err != nil || re.MatchString(text)
}

func number(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return otherwise
	}
	return n
}
