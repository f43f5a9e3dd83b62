package remove

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// dependsOn puts in place of a removed resource what that one itself waited
// for, so that the order stays.
func (w *refChecker) dependsOn(v *cfn.Node) outcome {
	items := []*cfn.Node{v}
	if v.Kind == cfn.List {
		items = v.Items
	}
	var ids []string
	var why *plan.Cause
	for _, c := range items {
		c2 := w.p.lostRef(w.t, c.Name())
		if c2 == nil {
			ids = appendNew(ids, c.Name())
			continue
		}
		why = c2
		w.softLink(c, c2)
		for _, id := range w.inherited(c.Name(), map[string]bool{w.r.ID: true}) {
			if !w.mayBeAbsent(id) { // what may not be there cannot be waited for
				ids = appendNew(ids, id)
			}
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
	v := r.Node.Get("DependsOn")
	if v == nil {
		return nil
	}
	items := []*cfn.Node{v}
	if v.Kind == cfn.List {
		items = v.Items
	}
	var ids []string
	for _, c := range items {
		if seen[c.Name()] {
			continue
		}
		if w.p.lostRef(w.t, c.Name()) == nil {
			ids = appendNew(ids, c.Name())
			continue
		}
		for _, more := range w.inherited(c.Name(), seen) {
			ids = appendNew(ids, more)
		}
	}
	return ids
}

// reorder writes the new order with as few edits as it takes.
func (w *refChecker) reorder(v *cfn.Node, ids []string) {
	if v.Kind != cfn.List {
		if len(ids) == 1 {
			w.t.Edits.SetValue(v, ids[0])
			return
		}
		w.t.Edits.Replace(v, idList(ids, yaml.FlowStyle))
		return
	}
	steps, ok := inPlace(v.Items, ids)
	if !ok {
		w.t.Edits.Replace(v, idList(ids, v.Src.Style))
		return
	}
	for i, c := range v.Items {
		switch {
		case steps[i] == "":
			w.t.Edits.Delete(c)
		case steps[i] != c.Name():
			w.t.Edits.SetValue(c, steps[i])
		}
	}
}

// inPlace tells what each item becomes, empty where it goes, if the new order
// can be had without new items: a removed one makes room for one that is new.
func inPlace(items []*cfn.Node, ids []string) ([]string, bool) {
	had := map[string]bool{}
	for _, c := range items {
		had[c.Name()] = true
	}
	steps := make([]string, len(items))
	next := 0
	for i, c := range items {
		if next < len(ids) && (ids[next] == c.Name() || !slices.Contains(ids, c.Name()) && !had[ids[next]]) {
			steps[i] = ids[next]
			next++
		}
	}
	return steps, next == len(ids)
}

func idList(ids []string, style yaml.Style) *yaml.Node {
	list := edit.Sequence()
	list.Style = style &^ yaml.TaggedStyle
	for _, id := range ids {
		list.Content = append(list.Content, edit.Text(id))
	}
	return list
}

// softLink tells of a resource whose only link to a removed resource is that it
// waited for it: it may use it by name.
func (w *refChecker) softLink(n *cfn.Node, c *plan.Cause) {
	if w.final && (w.r.Props == nil || !plan.ReferredIn(w.r.Props)[n.Name()]) {
		w.p.Warn(w.t, n, "soft-link", "%s only waited for %s; if it uses it by name, it will not work: %s", w.r.ID, n.Name(), root(c.Reason))
	}
}
