package rewrite

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// join respells the parts of a Fn::Join. An ARN that is joined with colons has
// its partition in a part of its own.
func (s *rewriter) join(n *cfn.Node, at plan.Spot) {
	in := n.Arg().List(2, 2)
	if in == nil {
		return
	}
	glue, parts := in[0], in[1]
	if parts.Kind != cfn.List {
		s.visit(parts, at)
		return
	}
	if glue.Is(":") && len(parts.Items) > 2 && parts.Items[0].Is("arn") && parts.Items[1].Is("aws") {
		s.t.Edits.SetValue(parts.Items[1], "aws-cn")
		s.rewrote(parts.Items[1], "aws", "aws-cn", "partition")
	}
	for _, c := range parts.Items {
		s.visit(c, at)
	}
}
