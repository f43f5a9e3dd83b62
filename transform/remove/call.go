package remove

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// call judges a function call. A function of what is lost is lost, but for
// those that can do without an operand: Join of a list, Select, If, Sub with
// variables that it does not use.
func (w *refChecker) call(n *cfn.Node, path string, s slot, all bool) outcome {
	switch n.Func {
	case "Ref":
		name, _ := n.Ref()
		return lostIf(w.p.lostRef(w.t, name))
	case "Fn::GetAtt":
		return w.getAtt(n)
	case "Fn::Sub":
		return w.sub(n)
	case "Fn::Join":
		return w.join(n)
	case "Fn::Select":
		return w.choose(n)
	case "Fn::If":
		return w.branch(n, path, s, all)
	case "Fn::ImportValue":
		if c := w.p.lostExport(n.Arg()); c != nil {
			return lost(c)
		}
	case "Condition":
		return kept()
	}
	return w.operands(n)
}

func lostIf(c *plan.Cause) outcome { return outcome{lost: c} }

// operands judges the arguments of a function that can do without none.
func (w *refChecker) operands(n *cfn.Node) outcome { return w.strict(n.Arg()) }

// strict judges a value of which no part can be missing.
func (w *refChecker) strict(n *cfn.Node) outcome {
	switch {
	case n.Kind == cfn.Call:
		return w.call(n, "", inText, true)
	case n.IsScalar():
		return lostIf(plan.ForeignValue("", n.Text))
	}
	var out outcome
	for _, c := range n.Children() {
		o := w.strict(c)
		if o.lost != nil {
			return o
		}
		out.add(o)
	}
	return out
}

func (w *refChecker) getAtt(n *cfn.Node) outcome {
	a, ok := n.GetAtt()
	if !ok && a.ID == "" {
		return w.operands(n)
	}
	if a.Dynamic != nil {
		if o := w.strict(a.Dynamic); o.lost != nil {
			return o
		}
	}
	return lostIf(w.p.lostAttribute(w.t, a.ID, a.Name))
}

// sub judges Fn::Sub: a partial text is worse than none, so one lost variable
// loses it all.
func (w *refChecker) sub(n *cfn.Node) outcome {
	text, variables, ok := n.Sub()
	if !ok {
		return w.operands(n)
	}
	if c := plan.ForeignValue("", text.Text); c != nil {
		return lost(c)
	}
	used := map[string]bool{}
	for _, name := range cfn.Variables(text.Text) {
		used[name] = true
		if variables.Get(name) != nil {
			continue
		}
		id, attr, dotted := strings.Cut(name, ".")
		c := w.p.lostRef(w.t, id)
		if dotted {
			c = w.p.lostAttribute(w.t, id, attr)
		}
		if c != nil {
			return lost(c)
		}
	}
	if !variables.IsMap() {
		return kept()
	}
	return w.subVariables(n, text, variables, used)
}

// subVariables judges a Sub's own variables: a lost one that the text uses
// loses the text, one that it does not use goes.
func (w *refChecker) subVariables(n, text, variables *cfn.Node, used map[string]bool) outcome {
	var out outcome
	left := len(variables.Entries)
	var unused []*cfn.Node
	var why *plan.Cause
	for _, e := range variables.Entries {
		o := w.value(e.Value, "", inText, true)
		switch {
		case o.lost == nil:
			out.add(o)
		case used[e.Key]:
			return o
		default:
			left, why = left-1, o.lost
			unused = append(unused, e.Value)
		}
	}
	if left == 0 && len(unused) > 0 {
		w.edit(&out, func() {
			w.t.Edits.Replace(n, bareSub(n, text))
			w.p.Change(w.t, n, "replace", why.Rule, why.Reason)
		})
		return out
	}
	for _, v := range unused {
		w.drop(&out, v, why)
	}
	return out
}

// bareSub is a Sub of a text alone.
func bareSub(n, text *cfn.Node) *yaml.Node {
	if n.Short {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Sub", Style: yaml.TaggedStyle | text.Src.Style&^yaml.TaggedStyle, Value: text.Text}
	}
	return edit.Mapping("Fn::Sub", text.Src)
}

// join judges Fn::Join. With a comma between them the parts are a list, and a
// lost part goes; any other delimiter builds a string, and the string is lost.
func (w *refChecker) join(n *cfn.Node) outcome {
	glue, list, ok := plan.JoinOf(n)
	if !ok {
		return w.operands(n)
	}
	if delimiter, ok := glue.Scalar(); ok && strings.TrimSpace(delimiter) == "," {
		bare := refChecker{p: w.p, t: w.t, typ: "", final: w.final}
		return bare.sequence(list, "", false)
	}
	if c := plan.ForeignJoin(n); c != nil {
		return lost(c)
	}
	out := w.strict(glue)
	for _, c := range list.Items {
		if out.lost != nil {
			return out
		}
		o := w.value(c, "", inText, true)
		if o.lost != nil {
			return o
		}
		out.add(o)
	}
	return out
}

// choose judges Fn::Select. Items of a literal list cannot go, for the indices
// would shift: the call is folded to the item that it selects.
func (w *refChecker) choose(n *cfn.Node) outcome {
	in := n.Arg().List(2, 2)
	if in == nil || in[1].Kind != cfn.List {
		return w.operands(n)
	}
	items := in[1].Items
	var out outcome
	var why *plan.Cause
	verdicts := make([]outcome, len(items))
	for i, c := range items {
		verdicts[i] = w.value(c, "", inText, true)
		if why == nil {
			why = verdicts[i].lost
		}
		out.add(verdicts[i])
	}
	if o := w.strict(in[0]); o.lost != nil || why == nil {
		out.lost = o.lost
		return out
	}
	index, ok := in[0].Scalar()
	i, err := strconv.Atoi(strings.TrimSpace(index))
	if !ok || err != nil || i < 0 || i >= len(verdicts) || verdicts[i].lost != nil {
		return lost(why)
	}
	folded := verdicts[i]
	w.edit(&folded, func() {
		w.t.Edits.Replace(n, items[i].Src)
		w.p.Change(w.t, n, "replace", why.Rule, why.Reason)
	})
	return folded
}
