package edit

import "go.yaml.in/yaml/v4"

// Tree is a document whose aliases are followed: each alias is replaced by a
// copy of what it stands for, so that every node has one place.
type Tree struct {
	Root *yaml.Node
	// names holds the copies that stand for an alias, shared everything that
	// occurs more than once; merged says that a merge key was followed.
	names  map[*yaml.Node]string
	shared map[*yaml.Node]bool
	merged bool
}

// Expand follows the aliases of a document. A document without any is used as
// it is. The document must have passed the limits of package yamldoc.
func Expand(root *yaml.Node) *Tree {
	t := &Tree{Root: root}
	if !hasAlias(root) {
		return t
	}
	t.names, t.shared = map[*yaml.Node]string{}, map[*yaml.Node]bool{}
	t.Root = t.copy(root, false)
	return t
}

func hasAlias(n *yaml.Node) bool {
	if n.Kind == yaml.AliasNode {
		return true
	}
	for _, c := range n.Content {
		if hasAlias(c) {
			return true
		}
	}
	return false
}

func (t *Tree) copy(n *yaml.Node, shared bool) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		out := t.copy(n.Alias, true)
		out.Line, out.Column, out.Anchor = n.Line, n.Column, ""
		t.names[out] = n.Value
		return out
	}
	out := *n
	shared = shared || n.Anchor != ""
	if shared {
		t.shared[&out] = true
	}
	out.Content = nil
	if n.Kind == yaml.MappingNode {
		t.mapping(n, &out, shared)
		return &out
	}
	for _, c := range n.Content {
		out.Content = append(out.Content, t.copy(c, shared))
	}
	return &out
}

// mapping copies the entries; those of a merge key come in for the keys that
// the mapping itself does not have.
func (t *Tree) mapping(n, out *yaml.Node, shared bool) {
	own := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		own[n.Content[i].Value] = true
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], t.copy(n.Content[i+1], shared)
		if key.Value != "<<" || key.Tag != "!!merge" {
			copied := *key
			out.Content = append(out.Content, &copied, value)
			continue
		}
		t.merged = true
		for _, from := range sources(value) {
			for j := 0; j+1 < len(from.Content); j += 2 {
				if name := from.Content[j].Value; !own[name] {
					own[name] = true
					out.Content = append(out.Content, from.Content[j], from.Content[j+1])
				}
			}
		}
	}
}

func sources(value *yaml.Node) []*yaml.Node {
	if value.Kind == yaml.SequenceNode {
		return value.Content
	}
	return []*yaml.Node{value}
}

// spliceable tells whether no edit touches text that stands for more than one
// place of the tree.
func (t *Tree) spliceable(s *Set) bool {
	if t.names == nil {
		return true
	}
	return !t.merged && !t.touches(t.Root, s, false)
}

func (t *Tree) touches(n *yaml.Node, s *Set, gone bool) bool {
	_, replaced := s.replaced[n]
	changed := replaced || len(s.inserted[n]) > 0
	_, alias := t.names[n]
	switch {
	case alias && gone && !changed:
		return false
	case t.shared[n] && (changed || s.deleted[n] && !alias || gone):
		return true
	case alias && s.deleted[n]:
		return false
	}
	for _, c := range n.Content {
		if t.touches(c, s, gone || s.deleted[n] || replaced) {
			return true
		}
	}
	return false
}
