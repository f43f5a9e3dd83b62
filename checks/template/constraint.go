package template

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/pattern"
)

// broken is the first constraint that a value is known to break, as written.
// unknown says why one could not be decided.
type broken struct {
	kind, bound, unknown string
}

// violated judges a value given to a parameter; a list by its elements, as
// CloudFormation does.
func violated(p *cfn.Parameter, v Value) broken {
	switch {
	case v.Kind == List:
		var open broken
		for _, item := range v.items {
			b := violated(p, item)
			if b.kind != "" {
				return b
			}
			if open.unknown == "" {
				open = b
			}
		}
		return open
	case v.Kind == Pattern && !v.secret && !p.FromStore():
		return impossible(p, v)
	case v.Kind != Literal || p.FromStore():
		return broken{}
	}
	text := v.parts[0].Text
	fits, unknown := allowed(p.AllowedPattern, text)
	switch {
	case p.AllowedValues != nil && !slices.Contains(p.AllowedValues.Texts(), text):
		return broken{kind: "AllowedValues", bound: strings.Join(p.AllowedValues.Texts(), ", ")}
	case !fits:
		return broken{kind: "AllowedPattern", bound: p.AllowedPattern.Text}
	case p.MinLength.IsScalar() && utf8.RuneCountInString(text) < number(p.MinLength.Text, 0):
		return broken{kind: "MinLength", bound: p.MinLength.Text}
	case p.MaxLength.IsScalar() && utf8.RuneCountInString(text) > number(p.MaxLength.Text, len(text)):
		return broken{kind: "MaxLength", bound: p.MaxLength.Text}
	case p.Type == "Number" || p.Type == "List<Number>":
		if b := outside(p, text); b.kind != "" {
			return b
		}
	}
	return broken{unknown: unknown}
}

// impossible judges a text of which parts are not known: whatever they are, it
// may be none that is allowed, or too long.
func impossible(p *cfn.Parameter, v Value) broken {
	fits := func(text string) bool { return couldBe(v.parts, text) }
	switch {
	case p.AllowedValues != nil && !slices.ContainsFunc(p.AllowedValues.Texts(), fits):
		return broken{kind: "AllowedValues", bound: strings.Join(p.AllowedValues.Texts(), ", ")}
	case p.MaxLength.IsScalar() && v.MinLen() > number(p.MaxLength.Text, v.MinLen()):
		return broken{kind: "MaxLength", bound: p.MaxLength.Text}
	}
	return broken{}
}

// outside judges a number.
func outside(p *cfn.Parameter, text string) broken {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return broken{kind: "Type", bound: p.Type}
	}
	if p.MinValue.IsScalar() {
		if least, err := strconv.ParseFloat(p.MinValue.Text, 64); err == nil && n < least {
			return broken{kind: "MinValue", bound: p.MinValue.Text}
		}
	}
	if p.MaxValue.IsScalar() {
		if most, err := strconv.ParseFloat(p.MaxValue.Text, 64); err == nil && n > most {
			return broken{kind: "MaxValue", bound: p.MaxValue.Text}
		}
	}
	return broken{}
}

// allowed asks for the whole value. A pattern that only CloudFormation can
// decide breaks nothing that is known here.
func allowed(constraint *cfn.Node, text string) (fits bool, unknown string) {
	if !constraint.IsScalar() {
		return true, ""
	}
	ok, unknown := pattern.Matches(constraint.Text, text)
	return ok || unknown != "", unknown
}

func number(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return otherwise
	}
	return n
}
