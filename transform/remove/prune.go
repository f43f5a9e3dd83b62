package remove

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// uses are the conditions and mappings that something needs.
type uses struct{ conditions, mappings map[string]bool }

// prune removes the conditions and mappings that only removed parts used. Those
// that nothing used before stay.
func (p *run) prune(t *plan.Template) {
	if t.Edits.Empty() {
		return
	}
	before, after := usesOf(t), usesAfter(t)
	p.pruneSection(t, "Conditions", before.conditions, after.conditions)
	p.pruneSection(t, "Mappings", before.mappings, after.mappings)
}

func (p *run) pruneSection(t *plan.Template, name string, before, after map[string]bool) {
	left := 0
	for _, e := range t.Section(name) {
		if !before[e.Key] || after[e.Key] {
			left++
			continue
		}
		t.Edits.Delete(e.Value)
		p.Change(t, e.Value, "remove", "unused", "only removed parts used it")
	}
	if left == 0 && len(t.Section(name)) > 0 {
		p.deleteSection(t, name)
	}
}

// usesOf finds what the template needs before the edits.
func usesOf(t *plan.Template) uses {
	return usesFrom(t, false, uses{map[string]bool{}, map[string]bool{}})
}

// usesAfter finds what it needs after them. Conditions that nothing used before
// stay, and so does what they need.
func usesAfter(t *plan.Template) uses {
	u := uses{map[string]bool{}, map[string]bool{}}
	before := usesOf(t)
	for _, e := range t.Section("Conditions") {
		if !before.conditions[e.Key] {
			u.conditions[e.Key] = true
		}
	}
	return usesFrom(t, true, u)
}

func usesFrom(t *plan.Template, after bool, u uses) uses {
	for _, e := range t.Root.Entries {
		switch e.Key {
		case "Conditions", "Mappings":
		case "Resources", "Outputs":
			u.bodies(t, e.Value, after)
		default:
			u.value(t, e.Value, after)
		}
	}
	for seen := map[string]bool{}; len(seen) < len(u.conditions); {
		for name := range u.conditions {
			if !seen[name] {
				seen[name] = true
				u.all(t.Root.Get("Conditions").Get(name))
			}
		}
	}
	return u
}

// bodies goes over a section whose entries may have a Condition.
func (u *uses) bodies(t *plan.Template, section *cfn.Node, after bool) {
	u.value(t, section, after)
	for _, e := range section.Pairs() {
		if name := e.Value.Get("Condition"); name.IsScalar() && !(after && t.Edits.Deleted(e.Value)) {
			u.conditions[name.Name()] = true
		}
	}
}

// value goes over the values below n, as they are before or after the edits.
func (u *uses) value(t *plan.Template, n *cfn.Node, after bool) {
	if after {
		if t.Edits.Deleted(n) {
			return
		}
		switch now, inside := t.Edits.Now(n); {
		case inside:
			u.around(t, now, n)
			return
		case now != n:
			u.value(t, now, true)
			return
		}
	}
	u.call(n)
	for _, c := range n.Children() {
		u.value(t, c, after)
	}
}

// around walks what stands in n's place; n itself is met as it is.
func (u *uses) around(t *plan.Template, now, n *cfn.Node) {
	if now.Src == n.Src {
		u.call(n)
		for _, inner := range n.Children() {
			u.value(t, inner, true)
		}
		return
	}
	u.call(now)
	for _, c := range now.Children() {
		u.around(t, c, n)
	}
}

// all goes over everything below n as it is.
func (u *uses) all(n *cfn.Node) {
	cfn.Walk(n, func(n *cfn.Node) bool {
		u.call(n)
		return true
	})
}

// call notes what a function call itself uses.
func (u *uses) call(n *cfn.Node) {
	if n.Kind != cfn.Call {
		return
	}
	arg := n.Arg()
	switch n.Func {
	case "Fn::If":
		if arg.Kind == cfn.List && len(arg.Items) > 0 {
			u.conditions[arg.Items[0].Name()] = true
		}
	case "Fn::FindInMap":
		if arg.Kind == cfn.List && len(arg.Items) > 0 && arg.Items[0].IsScalar() {
			u.mappings[arg.Items[0].Name()] = true
		}
	case "Condition":
		if arg.IsScalar() {
			u.conditions[arg.Name()] = true
		}
	}
}
