package syntax

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// ReferredIn are the names that something in n refers to.
func ReferredIn(n *yaml.Node) map[string]bool {
	names := map[string]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if fn, ok := Intrinsic(n); ok {
			switch fn.Name {
			case "Ref":
				names[fn.Arg.Value] = true
			case "Fn::GetAtt":
				id, _, _ := Attribute(fn.Arg)
				names[id] = true
			case "Fn::Sub":
				if sub, ok := ReadSub(fn.Arg); ok {
					for _, v := range Variables(sub.Text.Value) {
						id, _, _ := strings.Cut(v, ".")
						names[id] = true
					}
				}
			}
		}
		for _, c := range Below(n) {
			walk(c)
		}
	}
	walk(n)
	return names
}

// SameValue compares two values whose functions may be in short or long form.
func SameValue(a, b *yaml.Node) bool {
	x, call1 := Intrinsic(a)
	y, call2 := Intrinsic(b)
	if call1 || call2 {
		return call1 && call2 && x.Name == y.Name && SameArgument(x.Arg, y.Arg)
	}
	return SameArgument(a, b)
}

func SameArgument(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) || a.Kind == yaml.ScalarNode && a.Value != b.Value {
		return false
	}
	for i := range a.Content {
		if !SameValue(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
