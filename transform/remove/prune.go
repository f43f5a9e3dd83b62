package remove

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
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
	section := syntax.Get(t.Root, name)
	left := 0
	syntax.Each(section, func(key, v *yaml.Node) {
		if !before[key.Value] || after[key.Value] {
			left++
			return
		}
		t.Edits.Delete(v)
		p.Change(t, v, "remove", "unused", "only removed parts used it")
	})
	if section != nil && left == 0 && len(section.Content) > 0 {
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
	syntax.Each(syntax.Get(t.Root, "Conditions"), func(key, _ *yaml.Node) {
		if !before.conditions[key.Value] {
			u.conditions[key.Value] = true
		}
	})
	return usesFrom(t, true, u)
}

func usesFrom(t *plan.Template, after bool, u uses) uses {
	syntax.Each(t.Root, func(key, v *yaml.Node) {
		if key.Value != "Conditions" && key.Value != "Mappings" {
			collect(t, v, after, &u, key.Value == "Resources" || key.Value == "Outputs")
		}
	})
	section := syntax.Get(t.Root, "Conditions")
	for seen := map[string]bool{}; len(seen) < len(u.conditions); {
		for name := range u.conditions {
			if !seen[name] {
				seen[name] = true
				conditionUses(syntax.Get(section, name), &u)
			}
		}
	}
	return u
}

// collect walks the values below n. entries says that n's own values may hold
// a Condition attribute.
func collect(t *plan.Template, n *yaml.Node, after bool, u *uses, entries bool) {
	if after {
		if t.Edits.Deleted(n) {
			return
		}
		if now := t.Edits.Now(n); now != n {
			collectReplaced(t, n, now, u)
			return
		}
	}
	collectUse(n, u)
	for i, c := range syntax.Below(n) {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			collect(t, c, after, u, false)
		}
		if entries && i%2 == 1 {
			if name, ok := syntax.Literal(syntax.Get(c, "Condition")); ok && !(after && t.Edits.Deleted(c)) {
				u.conditions[name] = true
			}
		}
	}
}

// collectReplaced walks what stands in n's place; n itself may be inside.
func collectReplaced(t *plan.Template, n, now *yaml.Node, u *uses) {
	if !edit.Contains(now, n) {
		collect(t, now, true, u, false)
		return
	}
	collectUse(now, u)
	for _, c := range now.Content {
		if c != n {
			collect(t, c, true, u, false)
			continue
		}
		collectUse(n, u)
		for _, inner := range n.Content {
			collect(t, inner, true, u, false)
		}
	}
}

func collectUse(n *yaml.Node, u *uses) {
	fn, ok := syntax.Intrinsic(n)
	if !ok {
		return
	}
	switch {
	case fn.Name == "Fn::If" && len(fn.Arg.Content) > 0:
		u.conditions[fn.Arg.Content[0].Value] = true
	case fn.Name == "Fn::FindInMap" && len(fn.Arg.Content) > 0:
		if name, ok := syntax.Literal(fn.Arg.Content[0]); ok {
			u.mappings[name] = true
		}
	case fn.Name == "Condition" && fn.Arg.Kind == yaml.ScalarNode:
		u.conditions[fn.Arg.Value] = true
	}
}

// conditionUses finds what a condition itself needs; {Condition: X} is a use
// there, and nowhere else.
func conditionUses(n *yaml.Node, u *uses) {
	if n == nil {
		return
	}
	collectUse(n, u)
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "Condition" {
		u.conditions[n.Content[1].Value] = true
	}
	for _, c := range syntax.Below(n) {
		conditionUses(c, u)
	}
}
