package remove

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// call judges a function call. A function of what is lost is lost, but for
// those that can do without an operand: Join of a list, Select, If, Sub with
// variables that it does not use.
func (w *refChecker) call(n *yaml.Node, fn syntax.Call, path string, s slot, all bool) outcome {
	w.hidden(n, fn)
	switch fn.Name {
	case "Ref":
		return lostIf(w.p.lostRef(w.t, fn.Arg.Value))
	case "Fn::GetAtt":
		return w.getAtt(fn.Arg)
	case "Fn::Sub":
		return w.sub(n, fn)
	case "Fn::Join":
		return w.join(fn)
	case "Fn::Select":
		return w.choose(n, fn)
	case "Fn::If":
		return w.branch(n, fn, path, s, all)
	case "Fn::ImportValue":
		if c := w.p.lostExport(fn); c != nil {
			return lost(c)
		}
		return w.operands(fn)
	case "Condition":
		return kept()
	}
	return w.operands(fn)
}

func lostIf(c *plan.Cause) outcome { return outcome{lost: c} }

// operands judges the arguments of a function that can do without none.
func (w *refChecker) operands(fn syntax.Call) outcome {
	if !fn.Short {
		return w.strict(fn.Arg)
	}
	if fn.Arg.Kind == yaml.ScalarNode {
		return lostIf(plan.ForeignValue("", fn.Arg.Value))
	}
	return w.parts(fn.Arg)
}

// hidden remembers where the argument of a tagged mapping stands: an edit of the
// call inside has to replace the whole of it.
func (w *refChecker) hidden(n *yaml.Node, fn syntax.Call) {
	if n.Kind == yaml.MappingNode && n.Style&yaml.TaggedStyle != 0 {
		if w.outer == nil {
			w.outer = map[*yaml.Node]*yaml.Node{}
		}
		w.outer[fn.Arg] = n
	}
}

// put plans that with stands in n's place.
func (w *refChecker) put(n, with *yaml.Node) {
	outer, hidden := w.outer[n]
	if !hidden {
		w.t.Edits.Replace(n, with)
		return
	}
	fn, _ := syntax.Intrinsic(outer)
	w.t.Edits.Replace(outer, syntax.Mapping(fn.Name, with))
}

// strict judges a value of which no part can be missing.
func (w *refChecker) strict(n *yaml.Node) outcome {
	if fn, ok := syntax.Intrinsic(n); ok {
		return w.call(n, fn, "", inText, true)
	}
	if n.Kind == yaml.ScalarNode {
		return lostIf(plan.ForeignValue("", n.Value))
	}
	return w.parts(n)
}

func (w *refChecker) parts(n *yaml.Node) outcome {
	var out outcome
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		o := w.strict(n.Content[i])
		if o.lost != nil {
			return o
		}
		out.add(o)
	}
	return out
}

func (w *refChecker) getAtt(arg *yaml.Node) outcome {
	id, attr, dynamic := syntax.Attribute(arg)
	if dynamic != nil {
		if o := w.strict(dynamic); o.lost != nil {
			return o
		}
	}
	return lostIf(w.p.lostAttribute(w.t, id, attr))
}

// sub judges Fn::Sub: a partial text is worse than none, so one lost variable
// loses it all.
func (w *refChecker) sub(n *yaml.Node, fn syntax.Call) outcome {
	s, ok := syntax.ReadSub(fn.Arg)
	if !ok {
		return w.operands(fn)
	}
	if c := plan.ForeignValue("", s.Text.Value); c != nil {
		return lost(c)
	}
	var out outcome
	used := map[string]bool{}
	for _, name := range syntax.Variables(s.Text.Value) {
		used[name] = true
		if syntax.Get(s.Vars, name) != nil {
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
	if s.Vars == nil || s.Vars.Kind != yaml.MappingNode {
		return out
	}
	return w.subVariables(n, fn, s, used)
}

// subVariables judges a Sub's own variables: a lost one that the text uses
// loses the text, one that it does not use goes.
func (w *refChecker) subVariables(n *yaml.Node, fn syntax.Call, s syntax.SubCall, used map[string]bool) outcome {
	var out outcome
	left := len(s.Vars.Content) / 2
	var unused []*yaml.Node
	var why *plan.Cause
	for i := 0; i+1 < len(s.Vars.Content); i += 2 {
		name, v := s.Vars.Content[i].Value, s.Vars.Content[i+1]
		o := w.value(v, "", inText, true)
		switch {
		case o.lost == nil:
			out.add(o)
		case used[name]:
			return o
		default:
			left, why = left-1, o.lost
			unused = append(unused, v)
		}
	}
	if left == 0 && len(unused) > 0 {
		w.edit(&out, func() {
			w.put(n, shortSub(fn, s.Text))
			w.p.Change(w.t, n, "replace", why.Rule, why.Reason)
		})
		return out
	}
	for _, v := range unused {
		w.drop(&out, v, why)
	}
	return out
}

// shortSub is a Sub of a text alone.
func shortSub(fn syntax.Call, s *yaml.Node) *yaml.Node {
	if fn.Short {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Sub", Style: yaml.TaggedStyle | s.Style&^yaml.TaggedStyle, Value: s.Value}
	}
	return syntax.Mapping("Fn::Sub", s)
}

// join judges Fn::Join. With a comma between them the parts are a list, and a
// lost part goes; any other delimiter builds a string, and the string is lost.
func (w *refChecker) join(fn syntax.Call) outcome {
	arg := fn.Arg
	if arg.Kind != yaml.SequenceNode || len(arg.Content) != 2 || arg.Content[1].Kind != yaml.SequenceNode {
		return w.operands(fn)
	}
	if _, call := syntax.Intrinsic(arg.Content[1]); call {
		return w.operands(fn)
	}
	parts := arg.Content[1]
	if delimiter, ok := syntax.Literal(arg.Content[0]); ok && strings.TrimSpace(delimiter) == "," {
		bare := refChecker{p: w.p, t: w.t, typ: "", final: w.final}
		return bare.sequence(parts, "", false)
	}
	if c := plan.ForeignJoin(arg.Content[0], parts); c != nil {
		return lost(c)
	}
	return w.strictItems(arg.Content[0], parts.Content)
}

func (w *refChecker) strictItems(first *yaml.Node, items []*yaml.Node) outcome {
	out := w.strict(first)
	for _, c := range items {
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
func (w *refChecker) choose(n *yaml.Node, fn syntax.Call) outcome {
	arg := fn.Arg
	if arg.Kind != yaml.SequenceNode || len(arg.Content) != 2 || arg.Content[1].Kind != yaml.SequenceNode {
		return w.operands(fn)
	}
	list := arg.Content[1]
	if _, call := syntax.Intrinsic(list); call {
		return w.operands(fn)
	}
	var out outcome
	var why *plan.Cause
	verdicts := make([]outcome, len(list.Content))
	for i, c := range list.Content {
		verdicts[i] = w.value(c, "", inText, true)
		if why == nil {
			why = verdicts[i].lost
		}
		out.add(verdicts[i])
	}
	if o := w.strict(arg.Content[0]); o.lost != nil || why == nil {
		out.lost = o.lost
		return out
	}
	index, ok := syntax.Literal(arg.Content[0])
	i, err := strconv.Atoi(strings.TrimSpace(index))
	if !ok || err != nil || i < 0 || i >= len(verdicts) || verdicts[i].lost != nil {
		return lost(why)
	}
	folded := verdicts[i]
	w.edit(&folded, func() {
		w.put(n, list.Content[i])
		w.p.Change(w.t, n, "replace", why.Rule, why.Reason)
	})
	return folded
}
