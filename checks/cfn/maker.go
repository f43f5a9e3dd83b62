package cfn

// Maker makes nodes that stand where At stands. They are generated: their Src
// is nil.
type Maker struct{ At *Node }

// Text makes a String.
func (m Maker) Text(s string) *Node { return &Node{Kind: String, Text: s, Pos: m.At.Pos} }

// List makes a List.
func (m Maker) List(items ...*Node) *Node { return &Node{Kind: List, Items: items, Pos: m.At.Pos} }

// Call makes a function call.
func (m Maker) Call(fn string, arg *Node) *Node {
	return &Node{Kind: Call, Func: fn, Items: []*Node{arg}, Pos: m.At.Pos}
}

// Ref makes a Ref.
func (m Maker) Ref(id string) *Node { return m.Call("Ref", m.Text(id)) }

// GetAtt makes a Fn::GetAtt.
func (m Maker) GetAtt(id, attribute string) *Node {
	return m.Call("Fn::GetAtt", m.Text(id+"."+attribute))
}

// Sub makes a Fn::Sub.
func (m Maker) Sub(text string) *Node { return m.Call("Fn::Sub", m.Text(text)) }

// Map makes a Map of key, value pairs; a nil value leaves its key out.
func (m Maker) Map(pairs ...any) *Node {
	n := &Node{Kind: Map, Pos: m.At.Pos}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v, _ := pairs[i+1].(*Node); v != nil {
			n.Set(pairs[i].(string), v)
		}
	}
	return n
}

// Set gives a generated Map an entry; a nil value gives none.
func (n *Node) Set(key string, v *Node) {
	if v == nil {
		return
	}
	if e := n.Entry(key); e != nil {
		e.Value = v
		return
	}
	n.Entries = append(n.Entries, Entry{Key: key, Pos: v.Pos, Value: v})
}

// Without copies a Map and leaves keys out. The values are shared, the copy is
// generated.
func (n *Node) Without(keys ...string) *Node {
	out := &Node{Kind: Map, Pos: n.Pos}
next:
	for _, e := range n.Entries {
		for _, k := range keys {
			if e.Key == k {
				continue next
			}
		}
		out.Entries = append(out.Entries, e)
	}
	return out
}
