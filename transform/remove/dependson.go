package remove

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// dependsOn puts in place of a removed resource what that one itself waited
// for, so that the order stays.
func (w *refChecker) dependsOn(v *yaml.Node) outcome {
	items := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		items = v.Content
	}
	var ids []string
	var why *plan.Cause
	for _, c := range items {
		c2 := w.p.lostRef(w.t, c.Value)
		if c2 == nil {
			ids = appendNew(ids, c.Value)
			continue
		}
		why = c2
		w.softLink(c, c2)
		for _, id := range w.inherited(c.Value, map[string]bool{w.r.ID: true}) {
			ids = appendNew(ids, id)
		}
	}
	var out outcome
	if why == nil {
		return out
	}
	if len(ids) == 0 {
		w.drop(&out, v, why)
		return out
	}
	w.edit(&out, func() {
		w.reorder(v, ids)
		w.p.Change(w.t, v, "replace", why.Rule, why.Reason+"; now after "+strings.Join(ids, ", "))
	})
	return out
}

func appendNew(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

// inherited is what a removed resource waited for and is still there.
func (w *refChecker) inherited(id string, seen map[string]bool) []string {
	r := w.t.ByID[id]
	if r == nil || seen[id] {
		return nil
	}
	seen[id] = true
	v := syntax.Get(r.Node, "DependsOn")
	if v == nil {
		return nil
	}
	items := []*yaml.Node{v}
	if v.Kind == yaml.SequenceNode {
		items = v.Content
	}
	var ids []string
	for _, c := range items {
		if seen[c.Value] {
			continue
		}
		if w.p.lostRef(w.t, c.Value) == nil {
			ids = appendNew(ids, c.Value)
			continue
		}
		for _, more := range w.inherited(c.Value, seen) {
			ids = appendNew(ids, more)
		}
	}
	return ids
}

// reorder writes the new order with as few edits as it takes.
func (w *refChecker) reorder(v *yaml.Node, ids []string) {
	if v.Kind != yaml.SequenceNode {
		if len(ids) == 1 {
			w.t.Edits.SetValue(v, ids[0])
			return
		}
		w.t.Edits.Replace(v, idList(ids, yaml.FlowStyle))
		return
	}
	steps, ok := inPlace(v.Content, ids)
	if !ok {
		w.t.Edits.Replace(v, idList(ids, v.Style))
		return
	}
	for i, c := range v.Content {
		switch {
		case steps[i] == "":
			w.t.Edits.Delete(c)
		case steps[i] != c.Value:
			w.t.Edits.SetValue(c, steps[i])
		}
	}
}

// inPlace tells what each item becomes, empty where it goes, if the new order
// can be had without new items: a removed one makes room for one that is new.
func inPlace(items []*yaml.Node, ids []string) ([]string, bool) {
	had := map[string]bool{}
	for _, c := range items {
		had[c.Value] = true
	}
	steps := make([]string, len(items))
	next := 0
	for i, c := range items {
		if next < len(ids) && (ids[next] == c.Value || !slices.Contains(ids, c.Value) && !had[ids[next]]) {
			steps[i] = ids[next]
			next++
		}
	}
	return steps, next == len(ids)
}

func idList(ids []string, style yaml.Style) *yaml.Node {
	list := syntax.Sequence()
	list.Style = style &^ yaml.TaggedStyle
	for _, id := range ids {
		list.Content = append(list.Content, syntax.Text(id))
	}
	return list
}

// softLink tells of a resource whose only link to a removed resource is that it
// waited for it: it may use it by name.
func (w *refChecker) softLink(n *yaml.Node, c *plan.Cause) {
	if w.final && (w.r.Props == nil || !syntax.ReferredIn(w.r.Props)[n.Value]) {
		w.p.Warn(w.t, n, "soft-link", "%s only waited for %s; if it uses it by name, it will not work: %s", w.r.ID, n.Value, root(c.Reason))
	}
}
