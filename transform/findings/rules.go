package findings

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// rules reports properties that do not work in China and that no rewrite can
// mend.
func (s *scanner) rules() {
	for _, f := range china.Features()[s.r.Type] {
		if f.Transform != china.Report {
			continue
		}
		for _, n := range nodesAt(s.r.Props, f.Steps()) {
			if plan.Refused(f, s.r.Props, n) {
				s.add(n, ruleOf(f), severityOf(f), f.Message, f.Fix)
				s.told[n] = true
			}
		}
	}
	if here, ok := registry.In(s.p.Options.Region, s.r.Type); ok {
		if elsewhere, _ := registry.Lookup(s.r.Type); here != elsewhere {
			s.lacking(s.r.Props, "", here, elsewhere)
		}
	}
}

func ruleOf(f china.Feature) string {
	if strings.HasPrefix(f.Type, "AWS::CloudFront::") || strings.HasPrefix(f.Type, "AWS::WAFv2::") {
		return "cloudfront"
	}
	return "property"
}

func severityOf(f china.Feature) string {
	if f.Severity == "" {
		return "error"
	}
	return f.Severity
}

// lacking reports the properties that the registry of the region lacks and that
// of other regions has. What they keep out or lead to is not the transform's to
// guess; what may go without is a row of the features.
func (s *scanner) lacking(n *cfn.Node, path string, here, elsewhere *registry.Type) {
	switch {
	case n == nil || s.told[n]:
		return
	case path != "":
		if _, known := here.Property(path); known {
			break
		}
		if _, known := elsewhere.Property(path); known {
			s.add(n, "property", "error", s.r.Type+" has no property "+path+" in "+s.p.Options.Region, "Do without it in the source template.")
			s.told[n] = true
		}
		return
	}
	switch n.Kind {
	case cfn.Map:
		for _, e := range n.Entries {
			s.lacking(e.Value, strings.TrimPrefix(path+"."+e.Key, "."), here, elsewhere)
		}
	case cfn.List:
		for _, item := range n.Items {
			s.lacking(item, path+".*", here, elsewhere)
		}
	case cfn.Call:
		for _, branch := range branches(n) {
			s.lacking(branch, path, here, elsewhere)
		}
	}
}

// nodesAt are the nodes at a path in which * is every item or value, in every
// branch of Fn::If.
func nodesAt(n *cfn.Node, steps []string) []*cfn.Node {
	var out []*cfn.Node
	switch {
	case n == nil:
	case n.IsCall("Fn::If"):
		for _, branch := range branches(n) {
			out = append(out, nodesAt(branch, steps)...)
		}
	case len(steps) == 0:
		out = append(out, n)
	case steps[0] != "*":
		return nodesAt(n.Get(steps[0]), steps[1:])
	default:
		for _, c := range n.Children() {
			out = append(out, nodesAt(c, steps[1:])...)
		}
	}
	return out
}

// branches are what a Fn::If chooses from.
func branches(n *cfn.Node) []*cfn.Node {
	if in := n.Arg().List(3, 3); n.IsCall("Fn::If") && in != nil {
		return in[1:]
	}
	return nil
}
