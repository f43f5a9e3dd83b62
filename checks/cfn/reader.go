package cfn

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// reader makes nodes of parsed YAML and notes what is wrong with them. An alias
// becomes the node of its anchor, so that a document that repeats itself costs
// no memory.
type reader struct {
	problems
	path     []step
	shared   map[aliased]*Node
	extended bool // the template uses AWS::LanguageExtensions
}

// step is one step of a path: a key, or the index of an item.
type step struct {
	key   string
	index int
}

type aliased struct {
	anchor  *yaml.Node
	in      Place
	literal int
}

func (r *reader) at() []string {
	out := make([]string, len(r.path))
	for i, s := range r.path {
		if out[i] = s.key; s.key == "" {
			out[i] = strconv.Itoa(s.index)
		}
	}
	return out
}

func (r *reader) note(kind ProblemKind, n *Node, name string, takes ...string) {
	r.add(Problem{Kind: kind, Path: r.at(), Pos: n.Pos, Name: name, Takes: takes, Node: n})
}

func pos(y *yaml.Node) Pos { return Pos{y.Line, y.Column} }

// node reads a value. literal counts the levels of mappings that are no calls.
func (r *reader) node(y *yaml.Node, in Place, literal int) *Node {
	if y.Kind == yaml.AliasNode {
		return r.alias(y, in, literal)
	}
	n := r.value(y, in, literal)
	if y.Anchor != "" {
		r.share(y, in, literal, n)
	}
	return n
}

func (r *reader) value(y *yaml.Node, in Place, literal int) *Node {
	fn, short := r.tag(y)
	if !short {
		return r.plain(y, in, literal)
	}
	return r.call(&Node{Kind: Call, Short: true, Func: fn, Items: []*Node{r.plain(y, in, 0)}, Pos: pos(y), Src: y}, in)
}

func (r *reader) alias(y *yaml.Node, in Place, literal int) *Node {
	n := r.shared[aliased{y.Alias, in, literal}]
	if n == nil {
		n = r.value(y.Alias, in, literal)
		r.share(y.Alias, in, literal, n)
	}
	r.add(Problem{Kind: Alias, Path: r.at(), Pos: pos(y), Name: y.Value, Node: n})
	return n
}

func (r *reader) share(anchor *yaml.Node, in Place, literal int, n *Node) {
	if r.shared == nil {
		r.shared = map[aliased]*Node{}
	}
	r.shared[aliased{anchor, in, literal}] = n
}

// plainTags are those that YAML itself gives to values.
var plainTags = []string{"", "!", "!!str", "!!map", "!!seq", "!!bool", "!!int", "!!float", "!!null", "!!timestamp", "!!merge"}

// tag is the function that a node's short tag calls.
func (r *reader) tag(y *yaml.Node) (fn string, short bool) {
	if slices.Contains(plainTags, y.Tag) {
		return "", false
	}
	fn, known := tagged(y.Tag)
	if !known {
		fn = y.Tag
		r.add(Problem{Kind: UnknownTag, Path: r.at(), Pos: pos(y), Name: y.Tag, Fatal: true,
			Message: fmt.Sprintf("the tag %q is no CloudFormation function", y.Tag)})
	}
	return fn, true
}

// plain reads what a node is without its tag.
func (r *reader) plain(y *yaml.Node, in Place, literal int) *Node {
	n := &Node{Pos: pos(y), Src: y}
	switch y.Kind {
	case yaml.SequenceNode:
		n.Kind, n.Items = List, make([]*Node, 0, len(y.Content))
		for i, item := range y.Content {
			r.path = append(r.path, step{index: i})
			n.Items = append(n.Items, r.node(item, in, 0))
			r.path = r.path[:len(r.path)-1]
		}
	case yaml.MappingNode:
		return r.mapping(y, n, in, literal)
	default:
		if n.Kind, n.Text = scalar(y); n.Kind == Null {
			r.note(NullValue, n, "")
		}
	}
	return n
}

// mapping reads a Map, or the Call that one function alone in it is.
func (r *reader) mapping(y *yaml.Node, n *Node, in Place, literal int) *Node {
	n.Kind, n.Entries = Map, make([]Entry, 0, len(y.Content)/2)
	r.entries(y, n, in, literal)
	if literal > 0 {
		r.company(n, in)
		return n
	}
	if len(n.Entries) == 1 && isLong(n.Entries[0].Key, in) {
		e := n.Entries[0]
		n.Kind, n.Func, n.Items, n.Entries = Call, e.Key, []*Node{e.Value}, nil
		return r.call(n, in)
	}
	r.company(n, in)
	return n
}

// company notes a function that has other keys beside it, which makes it none,
// and loops that are malformed.
func (r *reader) company(n *Node, in Place) {
	if in == Elsewhere || in == atRoot {
		return
	}
	for i, e := range n.Entries {
		if strings.HasPrefix(e.Key, loopKey) {
			r.loop(&n.Entries[i])
			continue
		}
		if _, known := functions[e.Key]; known && len(n.Entries) > 1 && strings.HasPrefix(e.Key, "Fn::") && e.Key != macroKey {
			r.note(FunctionNotAlone, &Node{Pos: e.Pos, Src: e.Src}, e.Key)
		}
	}
}

func (r *reader) loop(e *Entry) {
	at := &Node{Pos: e.Pos, Src: e.Src}
	switch _, ok := LoopOf(e); {
	case !r.extended:
		r.note(MissingTransform, at, "Fn::ForEach", LanguageExtensions)
	case !ok:
		r.add(Problem{Kind: FunctionArgument, Path: r.at(), Pos: at.Pos, Name: "Fn::ForEach", Node: at, Fault: &Fault{Wrong: WrongLoop, Found: e.Value.Kind}})
	}
}

// call judges a call by the table of functions.
func (r *reader) call(n *Node, in Place) *Node {
	f, known := functions[n.Func]
	switch {
	case in == Elsewhere || n.Short && !known:
	case !known:
		r.note(UnknownFunction, n, n.Func)
	case f.In&in == 0:
		r.note(FunctionPlace, n, n.Func)
	case f.Extension && !r.extended:
		r.note(MissingTransform, n, n.Func, LanguageExtensions)
	default:
		if fault := f.fault(n, r.extended); fault != nil {
			r.add(Problem{Kind: FunctionArgument, Path: r.at(), Pos: n.Pos, Name: n.Func, Node: n, Fault: fault})
		}
	}
	return n
}
