package syntax

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// Flatten is the text that a value builds, with ${Name} for what only
// deployment knows. ok is false where that cannot be told.
func Flatten(n *yaml.Node) (text string, ok bool) {
	if value, ok := Literal(n); ok {
		return value, true
	}
	fn, call := Intrinsic(n)
	if !call {
		return "", false
	}
	switch fn.Name {
	case "Ref":
		return "${" + fn.Arg.Value + "}", true
	case "Fn::GetAtt":
		if id, attr, dynamic := Attribute(fn.Arg); dynamic == nil && id != "" {
			return "${" + id + "." + attr + "}", true
		}
	case "Fn::Sub":
		if s, ok := ReadSub(fn.Arg); ok && (s.Vars == nil || len(s.Vars.Content) == 0) {
			return s.Text.Value, true
		}
	case "Fn::Join":
		return flattenJoin(fn.Arg)
	}
	return "", false
}

func flattenJoin(arg *yaml.Node) (string, bool) {
	if arg.Kind != yaml.SequenceNode || len(arg.Content) != 2 || arg.Content[1].Kind != yaml.SequenceNode {
		return "", false
	}
	if _, call := Intrinsic(arg.Content[1]); call {
		return "", false
	}
	glue, ok := Literal(arg.Content[0])
	if !ok {
		return "", false
	}
	parts := make([]string, 0, len(arg.Content[1].Content))
	for _, c := range arg.Content[1].Content {
		part, ok := Flatten(c)
		if !ok {
			return "", false
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, glue), true
}

// PseudoOnly tells whether every variable of a text is a pseudo parameter of
// place: region, partition or the suffix of URLs.
func PseudoOnly(text string) bool {
	for _, name := range Variables(text) {
		if name != "AWS::Region" && name != "AWS::URLSuffix" && name != "AWS::Partition" {
			return false
		}
	}
	return true
}
