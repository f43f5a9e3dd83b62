package edit

import "go.yaml.in/yaml/v4"

// Build is the tree that the edits mean, a copy. It is what the spliced text
// must parse to.
func (s *Set) Build(root *yaml.Node) *yaml.Node { return s.build(root, nil) }

// build copies n with its edits. inside is the node whose replacement is being
// built: met again, it is copied as itself.
func (s *Set) build(n, inside *yaml.Node) *yaml.Node {
	if with, ok := s.replaced[n]; ok && n != inside {
		return s.build(with, n)
	}
	out := *n
	out.Content = make([]*yaml.Node, 0, len(n.Content))
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !s.deleted[n.Content[i+1]] {
				key := *n.Content[i]
				out.Content = append(out.Content, &key, s.build(n.Content[i+1], inside))
			}
		}
	} else {
		for _, c := range n.Content {
			if !s.deleted[c] {
				out.Content = append(out.Content, s.build(c, inside))
			}
		}
	}
	for _, e := range s.inserted[n] {
		out.Content = append(out.Content, Text(e.key), s.build(e.value, inside))
	}
	return &out
}

// Equal tells whether two trees mean the same: kinds, tags, values and order.
// Style, comments, anchors and places are no part of the meaning.
func Equal(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value && a.Kind == yaml.ScalarNode || len(a.Content) != len(b.Content) {
		return false
	}
	if a.Kind == yaml.AliasNode {
		return a.Value == b.Value
	}
	if a.ShortTag() != b.ShortTag() {
		return false
	}
	for i := range a.Content {
		if !Equal(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}

// Contains tells whether n stands somewhere below tree.
func Contains(tree, n *yaml.Node) bool {
	for _, c := range tree.Content {
		if c == n || Contains(c, n) {
			return true
		}
	}
	return false
}
