// Package edit changes YAML and JSON documents byte for byte: what is not
// edited stays as it was written, comments, order, quoting, blank lines and
// line ends. Edits are decided on nodes, spliced into the text at the places
// of the nodes, and proved: the new text is parsed and must be the tree that
// was meant. It knows nothing of CloudFormation and does no I/O.
package edit

import "go.yaml.in/yaml/v4"

// Set is what is to be done to one document. A value node of a mapping stands
// for its whole entry. The zero Set is ready for use.
type Set struct {
	deleted  map[*yaml.Node]bool
	replaced map[*yaml.Node]*yaml.Node
	inserted map[*yaml.Node][]entry
}

type entry struct {
	key   string
	value *yaml.Node
}

// Delete removes a sequence item, or the mapping entry whose value is n.
func (s *Set) Delete(n *yaml.Node) {
	if s.deleted == nil {
		s.deleted = map[*yaml.Node]bool{}
	}
	s.deleted[n] = true
}

// Replace puts with in n's place: a fresh node, which may hold n itself or
// other nodes of the document, or a node inside n, which keeps its own edits.
func (s *Set) Replace(n, with *yaml.Node) {
	if s.replaced == nil {
		s.replaced = map[*yaml.Node]*yaml.Node{}
	}
	s.replaced[n] = with
}

// SetValue gives the scalar n another text; tag and quoting stay.
func (s *Set) SetValue(n *yaml.Node, text string) {
	with := *n
	with.Value = text
	with.HeadComment, with.LineComment, with.FootComment = "", "", ""
	if with.Style&yaml.TaggedStyle == 0 {
		with.Tag = "!!str"
	}
	s.Replace(n, &with)
}

// Insert adds an entry at the end of a mapping.
func (s *Set) Insert(mapping *yaml.Node, key string, value *yaml.Node) {
	if s.inserted == nil {
		s.inserted = map[*yaml.Node][]entry{}
	}
	s.inserted[mapping] = append(s.inserted[mapping], entry{key, value})
}

// Empty tells whether nothing is to be done.
func (s *Set) Empty() bool {
	return len(s.deleted)+len(s.replaced)+len(s.inserted) == 0
}

// Deleted tells whether n is to go.
func (s *Set) Deleted(n *yaml.Node) bool { return s.deleted[n] }

// Now is the node that stands in n's place, n itself where nothing was done.
func (s *Set) Now(n *yaml.Node) *yaml.Node {
	if with, ok := s.replaced[n]; ok {
		return with
	}
	return n
}

// Text makes a string scalar.
func Text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
}

// Mapping makes a mapping of one entry.
func Mapping(key string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{Text(key), value}}
}

// Sequence makes a list.
func Sequence(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: items}
}
