package template

import "strings"

// loop notes what stands beside the entries of a map and adds others to it.
func (s *stack) loop(e entry, out *Value) {
	out.reason = e.key + " is not expanded"
}

// unroller expands Fn::ForEach over lists that are written out. A loop over
// what only a stack knows stays as it is, and what it gives is unknown.
type unroller struct {
	budget int // nodes that may still be made
}

const maxUnrolled = 200_000

// unroll returns n with its loops expanded; parts without loops are shared.
func (u *unroller) unroll(n *node) *node {
	switch n.kind {
	case listNode, callNode:
		items, changed := n.items, false
		for i, item := range n.items {
			if v := u.unroll(item); v != item {
				if !changed {
					items, changed = append([]*node{}, n.items...), true
				}
				items[i] = v
			}
		}
		if changed {
			c := *n
			c.items = items
			return &c
		}
	case mapNode:
		return u.unrollMap(n)
	}
	return n
}

func (u *unroller) unrollMap(n *node) *node {
	entries, changed := make([]entry, 0, len(n.entries)), false
	for _, e := range n.entries {
		if made, is := u.iterate(e); is {
			entries, changed = append(entries, made...), true
			continue
		}
		if v := u.unroll(e.value); v != e.value {
			e.value, changed = v, true
		}
		entries = append(entries, e)
	}
	if !changed {
		return n
	}
	c := *n
	c.entries = entries
	return &c
}

// iterate makes the entries that one loop stands for.
func (u *unroller) iterate(e entry) ([]entry, bool) {
	in := args(e.value, 3, 3)
	if !strings.HasPrefix(e.key, loopKey) || in == nil || !in[0].isScalar() || in[1].kind != listNode || in[2].kind != mapNode {
		return nil, false
	}
	var out []entry
	for _, item := range in[1].items {
		if !item.isScalar() {
			return nil, false
		}
		for _, body := range in[2].entries {
			v := u.fill(body.value, in[0].text, item)
			if v == nil {
				return nil, false
			}
			made := entry{fillText(body.key, in[0].text, item.text), body.line, body.column, v}
			if nested, is := u.iterate(made); is {
				out = append(out, nested...)
				continue
			}
			made.value = u.unroll(made.value)
			out = append(out, made)
		}
	}
	return out, true
}

// fill copies a node with the loop's variable replaced; nil when there is no
// room for more.
func (u *unroller) fill(n *node, variable string, item *node) *node {
	if u.budget--; u.budget < 0 {
		return nil
	}
	if n.kind == callNode && n.fn == "Ref" && n.arg().isScalar() && n.arg().text == variable {
		return item
	}
	c := *n
	c.text = fillText(n.text, variable, item.text)
	c.items, c.entries = nil, nil
	for _, child := range n.items {
		v := u.fill(child, variable, item)
		if v == nil {
			return nil
		}
		c.items = append(c.items, v)
	}
	for _, e := range n.entries {
		v := u.fill(e.value, variable, item)
		if v == nil {
			return nil
		}
		c.entries = append(c.entries, entry{fillText(e.key, variable, item.text), e.line, e.column, v})
	}
	return &c
}

func fillText(text, variable, item string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return strings.NewReplacer("${"+variable+"}", item, "&{"+variable+"}", strings.Map(alphanumeric, item)).Replace(text)
}

func alphanumeric(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}
