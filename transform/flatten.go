package transform

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// flatten is the text that a value builds, with ${Name} for what only
// deployment knows. ok is false where that cannot be told.
func flatten(n *yaml.Node) (text string, ok bool) {
	if value, ok := literal(n); ok {
		return value, true
	}
	fn, call := intrinsic(n)
	if !call {
		return "", false
	}
	switch fn.name {
	case "Ref":
		return "${" + fn.arg.Value + "}", true
	case "Fn::GetAtt":
		if id, attr, dynamic := attribute(fn.arg); dynamic == nil && id != "" {
			return "${" + id + "." + attr + "}", true
		}
	case "Fn::Sub":
		if s, ok := readSub(fn.arg); ok && (s.vars == nil || len(s.vars.Content) == 0) {
			return s.text.Value, true
		}
	case "Fn::Join":
		return flattenJoin(fn.arg)
	}
	return "", false
}

func flattenJoin(arg *yaml.Node) (string, bool) {
	if arg.Kind != yaml.SequenceNode || len(arg.Content) != 2 || arg.Content[1].Kind != yaml.SequenceNode {
		return "", false
	}
	if _, call := intrinsic(arg.Content[1]); call {
		return "", false
	}
	glue, ok := literal(arg.Content[0])
	if !ok {
		return "", false
	}
	parts := make([]string, 0, len(arg.Content[1].Content))
	for _, c := range arg.Content[1].Content {
		part, ok := flatten(c)
		if !ok {
			return "", false
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, glue), true
}

// pseudoOnly tells whether every variable of a text is a pseudo parameter of
// place: region, partition or the suffix of URLs.
func pseudoOnly(text string) bool {
	for _, name := range variables(text) {
		if name != "AWS::Region" && name != "AWS::URLSuffix" && name != "AWS::Partition" {
			return false
		}
	}
	return true
}
