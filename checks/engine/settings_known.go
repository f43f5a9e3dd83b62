package engine

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// unknownConstant says why no setting can have the constant; empty where one
// can. types are those that the policy looks at; none: all of them.
func unknownConstant(c constantOf, types []string) string {
	if c.name == "type" {
		return unknownType(c)
	}
	known := knownTypes(types)
	switch {
	case known == nil:
		return ""
	case slices.ContainsFunc(known, func(t *registry.Type) bool { return mayHave(t, c) }):
		return ""
	}
	what := fmt.Sprintf("the property %q", c.text)
	if c.how != "is" {
		what = fmt.Sprintf("a property path that %s %q", wordsOf[c.how], c.text)
	}
	message := fmt.Sprintf("no resource type has %s", what)
	if len(known) == 1 {
		message = fmt.Sprintf("%s does not have %s", known[0].Name, what)
	}
	return message + hint(nearestPath(known, c.text))
}

var wordsOf = map[string]string{"startswith": "starts with", "endswith": "ends with", "contains": "contains", "regex.match": "matches"}

func hint(nearest string) string {
	if nearest == "" {
		return ""
	}
	return "; did you mean " + nearest + "?"
}

func unknownType(c constantOf) string {
	if c.how != "is" {
		if slices.ContainsFunc(registry.Types(), func(t string) bool { return compares(c, t) }) || compares(c, "Custom::X") || compares(c, "AWS::Serverless::Function") {
			return ""
		}
		return fmt.Sprintf("no resource type %s %q", wordsOf[c.how], c.text)
	}
	if _, known := registry.Lookup(c.text); known || !ofAWS(c.text) || registry.Serverless(c.text) {
		return ""
	}
	return fmt.Sprintf("no region has the resource type %q", c.text) + hint(registry.Nearest(c.text))
}

func ofAWS(kind string) bool {
	return (strings.HasPrefix(kind, "AWS::") || strings.HasPrefix(kind, "Alexa::") || !strings.Contains(kind, "::")) && !strings.HasSuffix(kind, "::MODULE")
}

// knownTypes are the types whose properties are known; nil where a policy looks
// at one that may have any.
func knownTypes(names []string) []*registry.Type {
	all := len(names) == 0
	if all {
		names = registry.Types()
	}
	var out []*registry.Type
	for _, name := range names {
		t, known := registry.Lookup(name)
		switch {
		case known && !t.HasSetting("AnyNameAtAll"):
			out = append(out, t)
		case !all && (known || !ofAWS(name) || registry.Serverless(name)):
			return nil
		}
	}
	return out
}

// compares applies the comparison of a constant to a text.
func compares(c constantOf, text string) bool {
	switch c.how {
	case "startswith":
		return strings.HasPrefix(text, c.text)
	case "endswith":
		return strings.HasSuffix(text, c.text)
	case "contains":
		return strings.Contains(text, c.text)
	case "regex.match":
		found, err := regexp.MatchString(c.text, text)
		return found || err != nil
	}
	return text == c.text
}

// mayHave tells whether a template can set a property of the type at such a path.
func mayHave(t *registry.Type, c constantOf) bool {
	if c.how == "is" || c.how == "startswith" && strings.Trim(c.text, ".[") != "" {
		if t.HasSetting(strings.TrimRight(c.text, ".[")) {
			return true
		}
	}
	if c.how == "is" {
		return false
	}
	open := false
	for path := range t.Paths() {
		if compares(c, strings.ReplaceAll(path, "[*]", "[0]")) || compares(c, strings.ReplaceAll(path, "[*]", "")) {
			return true
		}
		open = open || t.HasSetting(strings.ReplaceAll(path, "[*]", "[0]")+".Anything")
	}
	// What is in a document of the type's own is not described. A name that is
	// nearly one of the type's properties is misspelt all the same.
	return open && c.how != "startswith" && nearestPath([]*registry.Type{t}, lastName(c.text)) == ""
}

// lastName is the last name in a path or a part of one.
func lastName(text string) string {
	names := strings.FieldsFunc(text, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') })
	if len(names) == 0 {
		return text
	}
	return names[len(names)-1]
}

// nearestPath is the path of a type, or the last name of one, that is most like
// a text.
func nearestPath(types []*registry.Type, text string) string {
	for _, t := range types[:min(len(types), 8)] {
		for path := range t.Paths() {
			if strings.ReplaceAll(path, "[*]", "") == text {
				return strings.ReplaceAll(path, "[*]", "[0]")
			}
		}
		if nearest := t.NearestProperty(text); nearest != "" {
			return strings.ReplaceAll(nearest, "[*]", "[0]")
		}
	}
	return ""
}
