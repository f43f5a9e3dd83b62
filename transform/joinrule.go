package transform

import "go.yaml.in/yaml/v4"

// join respells the parts of a Fn::Join. An ARN that is joined with colons has
// its partition in a part of its own.
func (s *speller) join(fn call, at spot) {
	if fn.arg.Kind != yaml.SequenceNode || len(fn.arg.Content) != 2 {
		return
	}
	parts := fn.arg.Content[1]
	if _, call := intrinsic(parts); call || parts.Kind != yaml.SequenceNode {
		s.visit(parts, at)
		return
	}
	if isLiteral(fn.arg.Content[0], ":") && len(parts.Content) > 2 && isLiteral(parts.Content[0], "arn") && isLiteral(parts.Content[1], "aws") {
		s.t.edits.SetValue(parts.Content[1], "aws-cn")
		s.rewrote(parts.Content[1], "aws", "aws-cn", "partition")
	}
	for _, c := range parts.Content {
		s.visit(c, at)
	}
}
