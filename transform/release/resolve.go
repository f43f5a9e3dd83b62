package release

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// resolver turns a value into text as far as the template alone tells it:
// parameters have their Default, pseudo parameters stay ${AWS::Region}.
type resolver struct{ parameters map[string]string }

func parameterDefaults(t *cfn.Template) map[string]string {
	defaults := map[string]string{}
	for _, e := range t.Root.Get("Parameters").Pairs() {
		if text, ok := e.Value.Get("Default").Scalar(); ok {
			defaults[e.Key] = text
		}
	}
	return defaults
}

// text is the value as text; ok is false for what is no text, or no text that
// can be told.
func (r resolver) text(n *cfn.Node) (string, bool) {
	if text, ok := n.Scalar(); ok {
		return text, true
	}
	if name, ok := n.Ref(); ok {
		return r.variable(name), true
	}
	if text, variables, ok := n.Sub(); ok {
		return r.sub(text.Text, variables), true
	}
	if n.IsCall("Fn::Join") {
		return r.join(n.Arg().List(2, 2))
	}
	return "", false
}

func (r resolver) variable(name string) string {
	if value, ok := r.parameters[name]; ok && value != "" {
		return value
	}
	return "${" + name + "}"
}

func (r resolver) sub(text string, variables *cfn.Node) string {
	var out strings.Builder
	for _, part := range cfn.SubParts(text) {
		own := variables.Get(part.Name)
		value, known := r.text(own)
		switch {
		case part.Name == "":
			value = part.Text
		case own == nil:
			value = r.variable(part.Name)
		case !known:
			value = "${" + part.Name + "}"
		}
		out.WriteString(value)
	}
	return out.String()
}

func (r resolver) join(in []*cfn.Node) (string, bool) {
	if in == nil || in[1].Kind != cfn.List {
		return "", false
	}
	items := make([]string, len(in[1].Items))
	for i, item := range in[1].Items {
		text, ok := r.text(item)
		if !ok {
			text = "${?}"
		}
		items[i] = text
	}
	return strings.Join(items, in[0].Text), true
}
