package rewrite

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// parameter respells the default of a parameter. Constraints that refuse the
// new default go.
func (s *rewriter) parameter(key, param *yaml.Node) {
	value := syntax.Get(param, "Default")
	before, ok := syntax.Literal(value)
	if !ok || s.t.Edits.Deleted(param) {
		return
	}
	at := plan.Spot{Path: "/Default", Key: "Default"}
	if isList(param) {
		after := s.listDefault(before, at)
		if after != before {
			s.t.Edits.SetValue(value, after)
			s.rewrote(value, before, after, "default")
		}
		return
	}
	s.visit(value, at)
	now := s.t.Edits.Now(value)
	if now.Value != before {
		s.constraints(param, now.Value)
	}
}

// listDefault respells each item of a comma-separated default.
func (s *rewriter) listDefault(text string, at plan.Spot) string {
	items := strings.Split(text, ",")
	for i, item := range items {
		items[i], _ = s.spelling(item, at)
	}
	return strings.Join(items, ",")
}

// constraints drops what would refuse the new default.
func (s *rewriter) constraints(param *yaml.Node, value string) {
	if n := syntax.Get(param, "AllowedPattern"); n != nil {
		pattern, err := regexp.Compile("^(?:" + n.Value + ")$")
		if err != nil {
			s.p.Warn(s.t, n, "constraint", "whether AllowedPattern accepts the new default %s could not be checked", value)
		} else if !pattern.MatchString(value) {
			s.dropConstraint(n, "AllowedPattern", value)
		}
	}
	if n := syntax.Get(param, "AllowedValues"); n != nil && !slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return c.Value == value }) {
		s.dropConstraint(n, "AllowedValues", value)
	}
}

func (s *rewriter) dropConstraint(n *yaml.Node, name, value string) {
	s.t.Edits.Delete(n)
	s.p.Change(s.t, n, "remove", "constraint", name+" refuses the new default "+value)
	s.p.Warn(s.t, n, "constraint", "%s is removed: it refuses the new default %s", name, value)
}

func isList(param *yaml.Node) bool {
	typ, _ := syntax.Literal(syntax.Get(param, "Type"))
	return strings.Contains(strings.ToLower(typ), "list")
}
