package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

func (w *walker) call(n *cfn.Node, at spot) {
	a := n.Arg()
	switch n.Func {
	case "Fn::If":
		w.branches(a, at)
		return
	case "Ref", "Condition", "Fn::GetAtt":
		return
	case "Fn::Sub":
		w.substituted(n, at)
		return
	case "Fn::Join":
		w.joined(n, a, at)
		return
	case "Fn::FindInMap":
		w.lookup(n, a, at)
	}
	w.walk(a, at)
}

func (w *walker) branches(a *cfn.Node, at spot) {
	in := a.List(3, 3)
	if in == nil || !in[0].IsScalar() {
		w.walk(a, at)
		return
	}
	t := w.stack.condition(in[0].Name(), in[0])
	for i, branch := range []Truth{t, t.not()} {
		if branch == No {
			continue
		}
		under := at
		under.exists = at.exists.and(branch)
		w.walk(in[i+1], under)
	}
}

// substituted looks at the text of Fn::Sub with every variable as a hole.
func (w *walker) substituted(n *cfn.Node, at spot) {
	text, vars, ok := n.Sub()
	if vars != nil {
		w.walk(vars, at)
	}
	if !ok {
		return
	}
	var b strings.Builder
	for _, p := range cfn.SubParts(text.Text) {
		if p.Name == "" {
			b.WriteString(p.Text)
			continue
		}
		switch v := vars.Get(p.Name); {
		case v.IsScalar():
			b.WriteString(v.Text)
		case v != nil:
			name, _ := v.Ref()
			b.WriteString(placeholder(name))
		default:
			b.WriteString(placeholder(p.Name))
		}
	}
	w.text(b.String(), text, at)
}

// placeholder stands for a variable in a text that is looked at.
func placeholder(name string) string {
	switch name {
	case "AWS::URLSuffix":
		return urlSuffix
	case "AWS::Partition":
		return ownPartition
	}
	return "*"
}

// urlSuffix is what AWS::URLSuffix leaves in a text: right in every partition
// for an endpoint, and never right for a service principal.
const urlSuffix = "\x00suffix"

// ownPartition is what AWS::Partition leaves in a text.
const ownPartition = "\x00partition"

// joined looks at the text that Fn::Join makes, and at the pieces that make
// none.
func (w *walker) joined(n, a *cfn.Node, at spot) {
	in := a.List(2, 2)
	if in == nil || !in[0].IsScalar() || in[1].Kind != cfn.List {
		w.walk(a, at)
		return
	}
	parts := make([]string, len(in[1].Items))
	for i, item := range in[1].Items {
		switch {
		case item.IsScalar():
			parts[i] = item.Text
		default:
			if name, is := item.Ref(); is {
				parts[i] = placeholder(name)
				continue
			}
			parts[i] = "*"
			w.walk(item, at)
		}
	}
	w.text(strings.Join(parts, in[0].Text), n, at)
}
