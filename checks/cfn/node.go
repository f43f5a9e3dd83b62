package cfn

import "go.yaml.in/yaml/v4"

// Kind is what a node is.
type Kind uint8

// A String, Number or Bool is a scalar: CloudFormation passes each of them as
// text, and the kind says what the schema of a property sees.
const (
	String Kind = iota
	Number
	Bool
	Null
	List
	Map
	Call
)

func (k Kind) String() string {
	return [...]string{"text", "number", "boolean", "null", "list", "mapping", "function"}[k]
}

// Pos is a place in the text of a template, counted from 1.
type Pos struct{ Line, Column int }

// Node is one value of a template.
type Node struct {
	Kind    Kind
	Short   bool    // a Call that is written as a short tag
	Text    string  // of a scalar, as CloudFormation sees it
	Func    string  // of a Call: "Ref", "Condition", "Fn::Sub"; an unknown tag as it is written
	Items   []*Node // of a List; of a Call, its one argument
	Entries []Entry // of a Map
	Pos     Pos
	Src     *yaml.Node // nil when the node is generated
}

// Entry is one entry of a Map, in the order of the text. Of a key that is given
// twice the last value counts, as it does for CloudFormation.
type Entry struct {
	Key   string
	Pos   Pos // of the key
	Value *Node
	Src   *yaml.Node // the key; nil when it is generated
}

// IsScalar tells whether n is a String, Number or Bool.
func (n *Node) IsScalar() bool { return n != nil && n.Kind <= Bool }

// IsMap tells whether n is a mapping, and no function.
func (n *Node) IsMap() bool { return n != nil && n.Kind == Map }

// IsCall tells whether n calls the function: "Ref", "Fn::Sub".
func (n *Node) IsCall(name string) bool { return n != nil && n.Kind == Call && n.Func == name }

// Is tells whether n is a scalar with the text.
func (n *Node) Is(text string) bool { return n.IsScalar() && n.Text == text }

// Scalar is the text of a scalar; false for anything else, and for nil.
func (n *Node) Scalar() (string, bool) {
	if !n.IsScalar() {
		return "", false
	}
	return n.Text, true
}

// Arg is the argument of a Call.
func (n *Node) Arg() *Node { return n.Items[0] }

// Ref is the name that a Ref refers to.
func (n *Node) Ref() (name string, ok bool) {
	if !n.IsCall("Ref") || !n.Arg().IsScalar() {
		return "", false
	}
	return n.Arg().Name(), true
}

// IsNoValue tells whether n is Ref AWS::NoValue.
func (n *Node) IsNoValue() bool {
	name, ok := n.Ref()
	return ok && name == "AWS::NoValue"
}

// Name is the text of a scalar that names something (a condition, a
// parameter). It is the text as it is written, as that of a key is: what
// CloudFormation makes of a condition that is called No is not known, and it
// must be the same for its declaration and its use.
func (n *Node) Name() string {
	if n.Kind == Bool && n.Src != nil {
		return n.Src.Value
	}
	return n.Text
}

// Get is the value under a key; nil when n is no Map or has no such key.
func (n *Node) Get(key string) *Node {
	if e := n.Entry(key); e != nil {
		return e.Value
	}
	return nil
}

// Entry is the entry with a key, or nil.
func (n *Node) Entry(key string) *Entry {
	if n == nil || n.Kind != Map {
		return nil
	}
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return &n.Entries[i]
		}
	}
	return nil
}

// Pairs are the entries of a Map; none when n is nil or no Map.
func (n *Node) Pairs() []Entry {
	if !n.IsMap() {
		return nil
	}
	return n.Entries
}

// At follows keys from Map to Map.
func (n *Node) At(keys ...string) *Node {
	for _, k := range keys {
		n = n.Get(k)
	}
	return n
}

// List are the items of a List that has least to most of them, or nil.
func (n *Node) List(least, most int) []*Node {
	if n == nil || n.Kind != List || len(n.Items) < least || len(n.Items) > most {
		return nil
	}
	return n.Items
}

// Texts are the text of a scalar, or those of the scalars in a List.
func (n *Node) Texts() []string {
	if n == nil {
		return nil
	}
	if n.IsScalar() {
		return []string{n.Text}
	}
	var out []string
	for _, item := range n.Items {
		if n.Kind == List && item.IsScalar() {
			out = append(out, item.Text)
		}
	}
	return out
}

// TextOf is the text of a scalar, or nil.
func TextOf(n *Node) *string {
	if !n.IsScalar() {
		return nil
	}
	return &n.Text
}

// Children are the nodes right below n: items, values of a mapping, the argument
// of a call.
func (n *Node) Children() []*Node {
	switch {
	case n == nil:
		return nil
	case n.Kind != Map:
		return n.Items
	}
	out := make([]*Node, len(n.Entries))
	for i, e := range n.Entries {
		out[i] = e.Value
	}
	return out
}

// Walk calls visit with n and everything below it; what visit answers false
// for is not entered.
func Walk(n *Node, visit func(*Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	for _, item := range n.Items {
		Walk(item, visit)
	}
	for _, e := range n.Entries {
		Walk(e.Value, visit)
	}
}
