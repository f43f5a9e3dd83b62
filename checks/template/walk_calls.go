package template

import "strings"

func (w *walker) call(n *node, at spot) {
	a := n.arg()
	switch n.fn {
	case "Fn::If":
		w.branches(a, at)
		return
	case "Ref", "Condition":
		return
	case "Fn::GetAtt":
		w.read(n, at)
		return
	case "Fn::Sub":
		w.substituted(n, a, at)
		return
	case "Fn::Join":
		w.joined(n, a, at)
		return
	case "Fn::FindInMap":
		w.lookup(n, a, at)
	}
	w.walk(a, at)
}

func (w *walker) branches(a *node, at spot) {
	in := args(a, 3, 3)
	if in == nil || !in[0].isScalar() {
		w.walk(a, at)
		return
	}
	t := w.stack.condition(in[0].text, in[0])
	for i, branch := range []Truth{t, t.not()} {
		if branch == No {
			continue
		}
		under := at
		under.exists = at.exists.and(branch)
		w.walk(in[i+1], under)
	}
}

// substituted looks at the text of Fn::Sub with every variable as a hole, and
// at the outputs that its variables read.
func (w *walker) substituted(n, a *node, at spot) {
	text, vars := a, (*node)(nil)
	if in := args(a, 2, 2); in != nil {
		text, vars = in[0], in[1]
		w.walk(vars, at)
	}
	if !text.isScalar() {
		return
	}
	var b strings.Builder
	for _, p := range subPieces(text.text) {
		if p.name == "" {
			b.WriteString(p.text)
			continue
		}
		if v := vars.get(p.name); v.isScalar() {
			b.WriteString(v.text)
			continue
		}
		b.WriteString(placeholder(p.name))
		if id, attribute, dotted := strings.Cut(p.name, "."); dotted && vars.get(p.name) == nil {
			w.output(id, attribute, text, at)
		}
	}
	w.text(b.String(), text, at)
}

// placeholder stands for a variable in a text that is looked at.
func placeholder(name string) string {
	if name == "AWS::URLSuffix" {
		return urlSuffix
	}
	return "*"
}

// urlSuffix is what AWS::URLSuffix leaves in a text: right in every partition
// for an endpoint, and never right for a service principal.
const urlSuffix = "\x00suffix"

// joined looks at the text that Fn::Join makes, and at the pieces that make
// none.
func (w *walker) joined(n, a *node, at spot) {
	in := args(a, 2, 2)
	if in == nil || !in[0].isScalar() || in[1].kind != listNode {
		w.walk(a, at)
		return
	}
	parts := make([]string, len(in[1].items))
	for i, item := range in[1].items {
		switch {
		case item.isScalar():
			parts[i] = item.text
		case item.kind == callNode && item.fn == "Ref" && item.arg().isScalar():
			parts[i] = placeholder(item.arg().text)
		default:
			parts[i] = "*"
			w.walk(item, at)
		}
	}
	w.text(strings.Join(parts, in[0].text), n, at)
}
