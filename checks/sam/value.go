package sam

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// text is the text of a scalar or of a Ref to a parameter, which SAM resolves;
// false for anything that only CloudFormation resolves.
func (g *generator) text(n *cfn.Node) (string, bool) {
	if n.IsScalar() {
		return n.Text, true
	}
	if name, ok := n.Ref(); ok {
		return g.value(name)
	}
	return "", false
}

// literal is the text of a scalar: where SAM resolves no Ref.
func literal(n *cfn.Node) string {
	if n.IsScalar() {
		return n.Text
	}
	return ""
}

// sub fills the parameters that are known into a text of Fn::Sub.
func (g *generator) sub(text string) string {
	var out strings.Builder
	for _, part := range cfn.SubParts(text) {
		v, known := part.Text, true
		if part.Name != "" {
			v, known = g.value(part.Name)
		}
		if !known {
			v = "${" + part.Name + "}"
		}
		out.WriteString(v)
	}
	return out.String()
}

// flag is whether a property is true; known is false where only CloudFormation
// knows.
func (g *generator) flag(n *cfn.Node, absent bool) (is, known bool) {
	if n == nil {
		return absent, true
	}
	text, known := g.text(n)
	return strings.EqualFold(text, "true"), known
}

// hash is what SAM ends the id of a shared resource with: ten digits of the
// SHA-1 of a text, or of a value as JSON with sorted keys.
func (g *generator) hash(n *cfn.Node) string {
	return digits(g.plain(n))
}

func digits(v any) string {
	text, is := v.(string)
	if !is {
		body, err := json.Marshal(v) // of maps, lists and texts: it cannot fail
		if err != nil {
			return ""
		}
		text = string(body)
	}
	sum := sha1.Sum([]byte(text))
	return hex.EncodeToString(sum[:])[:10]
}

// plain is a node as the JSON that SAM sees, with parameters resolved.
func (g *generator) plain(n *cfn.Node) any {
	if text, known := g.text(n); known && n.Kind == cfn.Call {
		return text
	}
	switch n.Kind {
	case cfn.Null:
		return nil
	case cfn.Bool:
		return n.Text == "true"
	case cfn.Number:
		return json.Number(n.Text)
	case cfn.List:
		items := make([]any, len(n.Items))
		for i, item := range n.Items {
			items[i] = g.plain(item)
		}
		return items
	case cfn.Map:
		m := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			m[e.Key] = g.plain(e.Value)
		}
		return m
	case cfn.Call:
		return map[string]any{n.Func: g.argument(n)}
	}
	return n.Text
}

// argument is the argument of a call; SAM splits the text of Fn::GetAtt.
func (g *generator) argument(n *cfn.Node) any {
	if n.Func == "Fn::GetAtt" && n.Arg().IsScalar() {
		id, attribute, _ := strings.Cut(n.Arg().Text, ".")
		return []any{id, attribute}
	}
	if n.Func == "Fn::Sub" && n.Arg().IsScalar() {
		return g.sub(n.Arg().Text)
	}
	return g.plain(n.Arg())
}
