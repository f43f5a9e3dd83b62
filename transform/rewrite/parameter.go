package rewrite

import (
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// parameter respells the default of a parameter. Constraints that refuse the
// new default go.
func (s *rewriter) parameter(param *cfn.Node) {
	value := param.Get("Default")
	before, ok := value.Scalar()
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
	if now, _ := s.t.Edits.Now(value); now.Text != before {
		s.constraints(param, now.Text)
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
func (s *rewriter) constraints(param *cfn.Node, value string) {
	if n := param.Get("AllowedPattern"); n != nil {
		pattern, err := regexp.Compile("^(?:" + n.Text + ")$")
		if err != nil {
			s.p.Warn(s.t, n, "constraint", "whether AllowedPattern accepts the new default %s could not be checked", value)
		} else if !pattern.MatchString(value) {
			s.dropConstraint(n, "AllowedPattern", value)
		}
	}
	if n := param.Get("AllowedValues"); n != nil && !slices.Contains(n.Texts(), value) {
		s.dropConstraint(n, "AllowedValues", value)
	}
}

func (s *rewriter) dropConstraint(n *cfn.Node, name, value string) {
	s.t.Edits.Delete(n)
	s.p.Change(s.t, n, "remove", "constraint", name+" refuses the new default "+value)
	s.p.Warn(s.t, n, "constraint", "%s is removed: it refuses the new default %s", name, value)
}

func isList(param *cfn.Node) bool {
	typ, _ := param.Get("Type").Scalar()
	return strings.Contains(strings.ToLower(typ), "list")
}
