package transform

import (
	"go.yaml.in/yaml/v4"
)

// uses are the conditions and mappings that something needs.
type uses struct{ conditions, mappings map[string]bool }

// prune removes the conditions and mappings that only removed parts used. Those
// that nothing used before stay.
func (p *pass) prune(t *template) {
	if t.edits.Empty() {
		return
	}
	before, after := t.uses(), t.usesAfter()
	p.pruneSection(t, "Conditions", before.conditions, after.conditions)
	p.pruneSection(t, "Mappings", before.mappings, after.mappings)
}

func (p *pass) pruneSection(t *template, name string, before, after map[string]bool) {
	section := get(t.root, name)
	left := 0
	each(section, func(key, v *yaml.Node) {
		if !before[key.Value] || after[key.Value] {
			left++
			return
		}
		t.edits.Delete(v)
		p.change(t, v, "remove", "unused", "only removed parts used it")
	})
	if section != nil && left == 0 && len(section.Content) > 0 {
		p.deleteSection(t, name)
	}
}

// uses finds what the template needs before the edits.
func (t *template) uses() uses {
	return t.usesFrom(false, uses{map[string]bool{}, map[string]bool{}})
}

// usesAfter finds what it needs after them. Conditions that nothing used before
// stay, and so does what they need.
func (t *template) usesAfter() uses {
	u := uses{map[string]bool{}, map[string]bool{}}
	before := t.uses()
	each(get(t.root, "Conditions"), func(key, _ *yaml.Node) {
		if !before.conditions[key.Value] {
			u.conditions[key.Value] = true
		}
	})
	return t.usesFrom(true, u)
}

func (t *template) usesFrom(after bool, u uses) uses {
	each(t.root, func(key, v *yaml.Node) {
		if key.Value != "Conditions" && key.Value != "Mappings" {
			t.collect(v, after, &u, key.Value == "Resources" || key.Value == "Outputs")
		}
	})
	section := get(t.root, "Conditions")
	for seen := map[string]bool{}; len(seen) < len(u.conditions); {
		for name := range u.conditions {
			if !seen[name] {
				seen[name] = true
				t.conditionUses(get(section, name), &u)
			}
		}
	}
	return u
}

// collect walks the values below n. entries says that n's own values may hold
// a Condition attribute.
func (t *template) collect(n *yaml.Node, after bool, u *uses, entries bool) {
	if after {
		if t.edits.Deleted(n) {
			return
		}
		if now := t.edits.Now(n); now != n {
			t.collectReplaced(n, now, u)
			return
		}
	}
	t.collectUse(n, u)
	for i, c := range below(n) {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			t.collect(c, after, u, false)
		}
		if entries && i%2 == 1 {
			if name, ok := literal(get(c, "Condition")); ok && !(after && t.edits.Deleted(c)) {
				u.conditions[name] = true
			}
		}
	}
}

// collectReplaced walks what stands in n's place; n itself may be inside.
func (t *template) collectReplaced(n, now *yaml.Node, u *uses) {
	if !containsNode(now, n) {
		t.collect(now, true, u, false)
		return
	}
	t.collectUse(now, u)
	for _, c := range now.Content {
		if c != n {
			t.collect(c, true, u, false)
			continue
		}
		t.collectUse(n, u)
		for _, inner := range n.Content {
			t.collect(inner, true, u, false)
		}
	}
}

func (t *template) collectUse(n *yaml.Node, u *uses) {
	fn, ok := intrinsic(n)
	if !ok {
		return
	}
	switch {
	case fn.name == "Fn::If" && len(fn.arg.Content) > 0:
		u.conditions[fn.arg.Content[0].Value] = true
	case fn.name == "Fn::FindInMap" && len(fn.arg.Content) > 0:
		if name, ok := literal(fn.arg.Content[0]); ok {
			u.mappings[name] = true
		}
	case fn.name == "Condition" && fn.arg.Kind == yaml.ScalarNode:
		u.conditions[fn.arg.Value] = true
	}
}

// conditionUses finds what a condition itself needs; {Condition: X} is a use
// there, and nowhere else.
func (t *template) conditionUses(n *yaml.Node, u *uses) {
	if n == nil {
		return
	}
	t.collectUse(n, u)
	if n.Kind == yaml.MappingNode && len(n.Content) == 2 && n.Content[0].Value == "Condition" {
		u.conditions[n.Content[1].Value] = true
	}
	for _, c := range below(n) {
		t.conditionUses(c, u)
	}
}
