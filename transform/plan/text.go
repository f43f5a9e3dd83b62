package plan

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// Flatten is the text that a value builds, with ${Name} for what only
// deployment knows. ok is false where that cannot be told.
func Flatten(n *cfn.Node) (text string, ok bool) {
	if text, ok := n.Scalar(); ok {
		return text, true
	}
	if n == nil || n.Kind != cfn.Call {
		return "", false
	}
	switch n.Func {
	case "Ref":
		name, ok := n.Ref()
		return "${" + name + "}", ok
	case "Fn::GetAtt":
		if a, ok := n.GetAtt(); ok && a.Dynamic == nil && a.ID != "" {
			return "${" + a.ID + "." + a.Name + "}", true
		}
	case "Fn::Sub":
		if text, variables, ok := n.Sub(); ok && (variables == nil || variables.IsMap() && len(variables.Entries) == 0) {
			return text.Text, true
		}
	case "Fn::Join":
		return flattenJoin(n)
	}
	return "", false
}

func flattenJoin(n *cfn.Node) (string, bool) {
	glue, parts, ok := JoinOf(n)
	if !ok || !glue.IsScalar() {
		return "", false
	}
	texts := make([]string, len(parts.Items))
	for i, part := range parts.Items {
		if texts[i], ok = Flatten(part); !ok {
			return "", false
		}
	}
	return strings.Join(texts, glue.Text), true
}

// JoinOf reads a Fn::Join whose parts are written out.
func JoinOf(n *cfn.Node) (glue, parts *cfn.Node, ok bool) {
	in := n.Arg().List(2, 2)
	if in == nil || in[1].Kind != cfn.List {
		return nil, nil, false
	}
	return in[0], in[1], true
}

// PlaceOnly tells whether every variable of a text is a pseudo parameter of
// place: region, partition or the suffix of URLs.
func PlaceOnly(text string) bool {
	for _, name := range cfn.Variables(text) {
		if name != "AWS::Region" && name != "AWS::URLSuffix" && name != "AWS::Partition" {
			return false
		}
	}
	return true
}

// SoleVariable is the one variable that a text consists of.
func SoleVariable(text string) (string, bool) {
	names := cfn.Variables(text)
	if len(names) != 1 || text != "${"+names[0]+"}" {
		return "", false
	}
	return names[0], true
}
