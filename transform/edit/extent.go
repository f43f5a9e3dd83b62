package edit

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v4"
)

// extent is the text of one node: [start, end). content is where the node
// begins after its tag and anchor.
type extent struct{ start, content, end int }

// errSplice says that the text cannot be read the way the nodes say; the
// caller then prints the whole tree anew.
var errSplice = errors.New("the text and the nodes do not match")

// extents measures every node of a document. Nodes tell where they begin
// only; where they end is read from the text.
type extents struct {
	*source
	of map[*yaml.Node]extent
}

func measure(s *source, root *yaml.Node, aliases map[*yaml.Node]string) (*extents, error) {
	x := &extents{source: s, of: make(map[*yaml.Node]extent)}
	return x, x.node(root, -1, aliases)
}

// node measures n and what is in it. parent is the column of the enclosing
// block collection, against which block scalars are indented.
func (x *extents) node(n *yaml.Node, parent int, aliases map[*yaml.Node]string) error {
	e := extent{start: x.offset(n)}
	if name, ok := aliases[n]; ok {
		e.content, e.end = e.start, e.start+len("*")+len(name)
		x.of[n] = e
		return nil
	}
	e.content = x.properties(n, e.start)
	var err error
	switch n.Kind {
	case yaml.ScalarNode:
		e.end, err = x.scalarEnd(n, e.content, parent)
	case yaml.MappingNode, yaml.SequenceNode:
		e.end, err = x.collection(n, e.content, parent, aliases)
	default:
		err = errSplice
	}
	x.of[n] = e
	return err
}

// properties moves over the tag and the anchor of a node.
func (x *extents) properties(n *yaml.Node, at int) int {
	if n.Anchor == "" && n.Style&yaml.TaggedStyle == 0 {
		return at
	}
	end := at
	for at < len(x.text) && (x.text[at] == '!' || x.text[at] == '&') {
		for end = at; end < len(x.text) && !strings.ContainsRune(" \t\r\n,[]{}", rune(x.text[end])); end++ {
		}
		at = x.skip(end)
	}
	if n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0 {
		return end
	}
	return at
}

func (x *extents) collection(n *yaml.Node, at, parent int, aliases map[*yaml.Node]string) (int, error) {
	flow := at < len(x.text) && (x.text[at] == '{' || x.text[at] == '[') && n.Style&yaml.FlowStyle != 0
	inner := parent
	if !flow && len(n.Content) > 0 {
		inner = x.column(at)
	}
	end := at + 1
	for i, c := range n.Content {
		if err := x.node(c, inner, aliases); err != nil {
			return 0, err
		}
		if c := x.of[c]; c.end > end || i == 0 {
			end = c.end
		}
	}
	if !flow {
		if len(n.Content) == 0 {
			return 0, errSplice
		}
		return end, nil
	}
	for at = x.skip(end); at < len(x.text) && x.text[at] == ','; {
		at = x.skip(at + 1)
	}
	if at >= len(x.text) || x.text[at] != '}' && x.text[at] != ']' {
		return 0, errSplice
	}
	return at + 1, nil
}
