package transform

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// parameter respells the default of a parameter. Constraints that refuse the
// new default go.
func (s *speller) parameter(key, param *yaml.Node) {
	value := get(param, "Default")
	before, ok := literal(value)
	if !ok || s.t.edits.Deleted(param) {
		return
	}
	at := spot{path: "/Default", key: "Default"}
	if isList(param) {
		after := s.listDefault(before, at)
		if after != before {
			s.t.edits.SetValue(value, after)
			s.rewrote(value, before, after, "default")
		}
		return
	}
	s.visit(value, at)
	now := s.t.edits.Now(value)
	if now.Value != before {
		s.constraints(param, now.Value)
	}
}

// listDefault respells each item of a comma-separated default.
func (s *speller) listDefault(text string, at spot) string {
	items := strings.Split(text, ",")
	for i, item := range items {
		items[i], _ = s.spelling(item, at)
	}
	return strings.Join(items, ",")
}

// constraints drops what would refuse the new default.
func (s *speller) constraints(param *yaml.Node, value string) {
	if n := get(param, "AllowedPattern"); n != nil {
		pattern, err := regexp.Compile("^(?:" + n.Value + ")$")
		if err != nil {
			s.p.warn(s.t, n, "constraint", "whether AllowedPattern accepts the new default %s could not be checked", value)
		} else if !pattern.MatchString(value) {
			s.dropConstraint(n, "AllowedPattern", value)
		}
	}
	if n := get(param, "AllowedValues"); n != nil && !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return c.Value == value }) {
		s.dropConstraint(n, "AllowedValues", value)
	}
}

func (s *speller) dropConstraint(n *yaml.Node, name, value string) {
	s.t.edits.Delete(n)
	s.p.change(s.t, n, "remove", "constraint", name+" refuses the new default "+value)
	s.p.warn(s.t, n, "constraint", "%s is removed: it refuses the new default %s", name, value)
}

func isList(param *yaml.Node) bool {
	typ, _ := literal(get(param, "Type"))
	return strings.Contains(strings.ToLower(typ), "list")
}
