package cfn

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// entries reads the entries of a mapping: of a key that is given twice the last
// value counts, and a merge key gives those that the mapping itself lacks.
func (r *reader) entries(y *yaml.Node, n *Node, in Place, literal int) {
	seen := keys{n: n}
	var merged []*yaml.Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		if key.Kind == yaml.ScalarNode && key.Tag == "!!merge" {
			r.add(Problem{Kind: MergeKey, Path: r.at(), Pos: pos(key), Name: "<<"})
			merged = append(merged, value)
			continue
		}
		if !r.isText(key) {
			continue
		}
		r.path = append(r.path, step{key: key.Value})
		within, levels := inside(key.Value, in, literal)
		e := Entry{key.Value, pos(key), r.node(value, within, levels), key}
		if before := seen.find(e.Key); before != nil {
			r.add(Problem{Kind: DuplicateKey, Path: r.at(), Pos: e.Pos, Other: before.Pos, Name: e.Key, Node: before.Value})
			*before = e
		} else {
			seen.add(e)
		}
		r.path = r.path[:len(r.path)-1]
	}
	for _, value := range merged {
		r.merge(value, &seen, in, literal)
	}
}

// inside is the place of what stands under a key.
func inside(key string, in Place, literal int) (Place, int) {
	if in != atRoot {
		return in, max(literal-1, 0)
	}
	s := sections[key]
	return s.place, s.literal
}

// isText notes a key that is no text: what stands under it cannot be read.
func (r *reader) isText(key *yaml.Node) bool {
	if key.Kind == yaml.ScalarNode && key.Tag != "!!null" && slices.Contains(plainTags, key.Tag) {
		return true
	}
	r.add(Problem{Kind: NonTextKey, Path: r.at(), Pos: pos(key), Fatal: true, Message: "a key must be text"})
	return false
}

// merge gives a mapping the entries of a merge key's mappings.
func (r *reader) merge(value *yaml.Node, seen *keys, in Place, literal int) {
	if value.Kind == yaml.SequenceNode {
		for _, item := range value.Content {
			r.merge(item, seen, in, literal)
		}
		return
	}
	n := r.node(value, in, max(literal, 1)) // a mapping, even of one function
	for _, e := range n.Entries {
		if seen.find(e.Key) == nil {
			seen.add(e)
		}
	}
}

// keys finds the entries of a mapping by key; a large mapping has an index.
type keys struct {
	n     *Node
	index map[string]int
}

const indexed = 16 // entries from which an index is worth its making

func (k *keys) add(e Entry) {
	k.n.Entries = append(k.n.Entries, e)
	switch {
	case k.index != nil:
		k.index[e.Key] = len(k.n.Entries) - 1
	case len(k.n.Entries) == indexed:
		k.index = make(map[string]int, 4*indexed)
		for i := range k.n.Entries {
			k.index[k.n.Entries[i].Key] = i
		}
	}
}

func (k *keys) find(key string) *Entry {
	if k.index == nil {
		return k.n.Entry(key)
	}
	if i, ok := k.index[key]; ok {
		return &k.n.Entries[i]
	}
	return nil
}
