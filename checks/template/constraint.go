package template

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/pattern"
)

// violated names the first constraint that a value given to a parameter breaks,
// with the constraint as written; empty when none is known to be broken. A list
// is judged by its elements, as CloudFormation does.
func violated(p *cfn.Parameter, v Value) (kind, bound string) {
	switch {
	case v.Kind == List:
		for _, item := range v.items {
			if kind, bound = violated(p, item); kind != "" {
				return kind, bound
			}
		}
		return "", ""
	case v.Kind == Pattern && !v.secret && !p.FromStore():
		return impossible(p, v)
	case v.Kind != Literal || p.FromStore():
		return "", ""
	}
	text := v.parts[0].Text
	switch {
	case p.AllowedValues != nil && !slices.Contains(p.AllowedValues.Texts(), text):
		return "AllowedValues", strings.Join(p.AllowedValues.Texts(), ", ")
	case p.AllowedPattern.IsScalar() && !matches(p.AllowedPattern.Text, text):
		return "AllowedPattern", p.AllowedPattern.Text
	case p.MinLength.IsScalar() && utf8.RuneCountInString(text) < number(p.MinLength.Text, 0):
		return "MinLength", p.MinLength.Text
	case p.MaxLength.IsScalar() && utf8.RuneCountInString(text) > number(p.MaxLength.Text, len(text)):
		return "MaxLength", p.MaxLength.Text
	case p.Type == "Number" || p.Type == "List<Number>":
		return outside(p, text)
	}
	return "", ""
}

// impossible judges a text of which parts are not known: whatever they are, it
// may be none that is allowed, or too long.
func impossible(p *cfn.Parameter, v Value) (kind, bound string) {
	fits := func(text string) bool { return couldBe(v.parts, text) }
	switch {
	case p.AllowedValues != nil && !slices.ContainsFunc(p.AllowedValues.Texts(), fits):
		return "AllowedValues", strings.Join(p.AllowedValues.Texts(), ", ")
	case p.MaxLength.IsScalar() && v.MinLen() > number(p.MaxLength.Text, v.MinLen()):
		return "MaxLength", p.MaxLength.Text
	}
	return "", ""
}

// outside judges a number.
func outside(p *cfn.Parameter, text string) (kind, bound string) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "Type", p.Type
	}
	if p.MinValue.IsScalar() {
		if least, err := strconv.ParseFloat(p.MinValue.Text, 64); err == nil && n < least {
			return "MinValue", p.MinValue.Text
		}
	}
	if p.MaxValue.IsScalar() {
		if most, err := strconv.ParseFloat(p.MaxValue.Text, 64); err == nil && n > most {
			return "MaxValue", p.MaxValue.Text
		}
	}
	return "", ""
}

// matches asks for the whole value. A pattern that only CloudFormation can
// decide breaks nothing that is known here.
func matches(allowed, text string) bool {
	ok, unknown := pattern.Matches(allowed, text)
	return ok || unknown != ""
}

func number(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return otherwise
	}
	return n
}
