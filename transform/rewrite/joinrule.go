package rewrite

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// join respells the parts of a Fn::Join. An ARN that is joined with colons has
// its partition in a part of its own.
func (s *rewriter) join(fn syntax.Call, at plan.Spot) {
	if fn.Arg.Kind != yaml.SequenceNode || len(fn.Arg.Content) != 2 {
		return
	}
	parts := fn.Arg.Content[1]
	if _, call := syntax.Intrinsic(parts); call || parts.Kind != yaml.SequenceNode {
		s.visit(parts, at)
		return
	}
	if syntax.IsLiteral(fn.Arg.Content[0], ":") && len(parts.Content) > 2 && syntax.IsLiteral(parts.Content[0], "arn") && syntax.IsLiteral(parts.Content[1], "aws") {
		s.t.Edits.SetValue(parts.Content[1], "aws-cn")
		s.rewrote(parts.Content[1], "aws", "aws-cn", "partition")
	}
	for _, c := range parts.Content {
		s.visit(c, at)
	}
}
