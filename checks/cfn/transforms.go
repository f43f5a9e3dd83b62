package cfn

import "strings"

// The transforms that this program expands itself.
const (
	Serverless         = "AWS::Serverless-2016-10-31"
	LanguageExtensions = "AWS::LanguageExtensions"
)

// Transform is one macro that works on the whole template.
type Transform struct {
	Name       string
	Parameters *Node // nil when it has none
	Node       *Node
}

// confined are the transforms of AWS that refer to nothing but what the
// template shows: what they make may be unseen, but it reads no other resource.
var confined = map[string]bool{
	Serverless: true, LanguageExtensions: true, "AWS::CodeDeployBlueGreen": true,
	"AWS::SecretsManager-2020-07-23": true, "AWS::SecretsManager-2024-09-16": true,
}

// Expanded tells whether what the transform makes is known.
func (t Transform) Expanded() bool { return t.Name == Serverless || t.Name == LanguageExtensions }

// Confined tells whether what the transform makes refers only to what the
// template refers to.
func (t Transform) Confined() bool { return confined[t.Name] }

// transformsOf reads the section Transform: a name, a mapping with Name and
// Parameters, or a list of these.
func transformsOf(n *Node) []Transform {
	switch {
	case n.IsScalar():
		return []Transform{{Name: strings.TrimSpace(n.Text), Node: n}}
	case n.IsMap():
		t := Transform{Parameters: n.Get("Parameters"), Node: n}
		if name := n.Get("Name"); name.IsScalar() {
			t.Name = strings.TrimSpace(name.Text)
		}
		return []Transform{t}
	case n != nil && n.Kind == List:
		var out []Transform
		for _, item := range n.Items {
			out = append(out, transformsOf(item)...)
		}
		return out
	}
	return nil
}
