package conform

import (
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// kindFault tells a value that CloudFormation cannot make one of the types. It
// makes numbers and booleans of texts, and texts of numbers and booleans.
func kindFault(v template.Value, kinds registry.Kinds) bool {
	if kinds == 0 {
		return false
	}
	switch v.Kind {
	case template.Map:
		return !kinds.Has(registry.Object)
	case template.List:
		return !kinds.Has(registry.Array)
	}
	text, known := v.Literal()
	return known && !standsFor(text, kinds)
}

func standsFor(text string, kinds registry.Kinds) bool {
	switch {
	case kinds.Has(registry.String), kinds.Has(registry.Boolean) && isBoolean(text), isJSON(text, kinds):
		return true
	case kinds&(registry.Integer|registry.Number) == 0:
		return false
	}
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && (kinds.Has(registry.Number) || n == float64(int64(n)))
}

func isBoolean(text string) bool {
	return strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
}

// isJSON tells a text that may be the JSON of an object or a list.
func isJSON(text string, kinds registry.Kinds) bool {
	text = strings.TrimSpace(text)
	return kinds.Has(registry.Object) && strings.HasPrefix(text, "{") || kinds.Has(registry.Array) && strings.HasPrefix(text, "[")
}

func kindsOf(kinds registry.Kinds) string { return strings.Join(kinds.Names(), " or ") }

// shown is a value as a message shows it.
func shown(v template.Value) string {
	switch v.Kind {
	case template.Map:
		return "a mapping"
	case template.List:
		return "a list"
	case template.Pattern:
		return v.Text()
	}
	text, _ := v.Literal()
	return text
}
