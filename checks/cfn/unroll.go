package cfn

// MaxUnrolled is a budget for Unroll: nodes that loops may make together.
const MaxUnrolled = 200_000

// Unroll returns the template with its loops written out, and itself when it
// has none or does not use AWS::LanguageExtensions. list gives the values of a
// collection, or of an item in one, that is a function such as the Ref of a
// parameter; it may be nil. A loop over what is not known, or past the budget,
// stays as it is. Parts without loops are shared with t; what a loop made is
// generated, at the place of its body.
func (t *Template) Unroll(budget int, list func(*Node) ([]string, bool)) *Template {
	if !t.Uses(LanguageExtensions) {
		return t
	}
	u := unroller{budget: budget, list: list}
	root := u.unroll(t.Root)
	if root == t.Root {
		return t
	}
	out := &Template{File: t.File, Bytes: t.Bytes, Lines: t.Lines, Root: root, reading: t.reading}
	out.sections()
	return out
}

type unroller struct {
	budget int
	list   func(*Node) ([]string, bool)
}

// unroll returns n with its loops expanded.
func (u *unroller) unroll(n *Node) *Node {
	if n.Kind == Map {
		return u.mapping(n)
	}
	items, changed := n.Items, false
	for i, item := range n.Items {
		if v := u.unroll(item); v != item {
			if !changed {
				items, changed = append([]*Node{}, n.Items...), true
			}
			items[i] = v
		}
	}
	if !changed {
		return n
	}
	c := *n
	c.Items = items
	return &c
}

func (u *unroller) mapping(n *Node) *Node {
	var entries []Entry // nil: none has changed
	for i := range n.Entries {
		e := n.Entries[i]
		made, is := u.iterate(&e)
		if !is {
			v := u.unroll(e.Value)
			if v == e.Value && entries == nil {
				continue
			}
			e.Value = v
			made = []Entry{e}
		}
		if entries == nil {
			entries = append(make([]Entry, 0, len(n.Entries)+len(made)), n.Entries[:i]...)
		}
		entries = append(entries, made...)
	}
	if entries == nil {
		return n
	}
	c := *n
	c.Entries = entries
	return &c
}

// iterate makes the entries that one loop stands for.
func (u *unroller) iterate(e *Entry) ([]Entry, bool) {
	l, ok := LoopOf(e)
	if !ok {
		return nil, false
	}
	values, ok := u.values(l.Collection)
	if !ok {
		return nil, false
	}
	out := []Entry{}
	for _, value := range values {
		for _, body := range l.Body.Entries {
			v := u.fill(body.Value, l, value)
			if v == nil {
				return nil, false
			}
			made := Entry{Key: l.Fill(body.Key, value), Pos: body.Pos, Value: v}
			if nested, is := u.iterate(&made); is {
				out = append(out, nested...)
				continue
			}
			made.Value = u.unroll(made.Value)
			out = append(out, made)
		}
	}
	return out, true
}

// values are those that a loop runs over.
func (u *unroller) values(collection *Node) ([]string, bool) {
	if collection.Kind == Call {
		return u.ask(collection)
	}
	var out []string
	for _, item := range collection.Items {
		switch {
		case item.IsScalar():
			out = append(out, item.Text)
		case item.Kind == Call:
			more, ok := u.ask(item)
			if !ok {
				return nil, false
			}
			out = append(out, more...)
		default:
			return nil, false
		}
	}
	return out, true
}

func (u *unroller) ask(n *Node) ([]string, bool) {
	if u.list == nil {
		return nil, false
	}
	return u.list(n)
}

// fill copies a node with the loop's variable replaced; nil when there is no
// room for more.
func (u *unroller) fill(n *Node, l Loop, value string) *Node {
	if u.budget--; u.budget < 0 {
		return nil
	}
	if name, is := n.Ref(); is && name == l.Variable {
		return &Node{Kind: String, Text: value, Pos: n.Pos}
	}
	c := *n
	c.Src, c.Items, c.Entries = nil, nil, nil
	c.Text = l.Fill(n.Text, value)
	for _, child := range n.Items {
		v := u.fill(child, l, value)
		if v == nil {
			return nil
		}
		c.Items = append(c.Items, v)
	}
	for _, e := range n.Entries {
		v := u.fill(e.Value, l, value)
		if v == nil {
			return nil
		}
		c.Entries = append(c.Entries, Entry{Key: l.Fill(e.Key, value), Pos: e.Pos, Value: v})
	}
	return &c
}
