package cfn

import "slices"

// note is a problem of a key.
func (b *builder) note(kind ProblemKind, e Entry, path []string, name string) {
	b.add(Problem{Kind: kind, Path: slices.Clone(path), Pos: e.Pos, Name: name, Node: e.Value})
}

// fatal is a problem of a value that leaves it unread.
func (b *builder) fatal(p Problem) {
	p.Path, p.Pos, p.Found, p.Fatal = slices.Clone(p.Path), p.Node.Pos, p.Node.Kind.String(), true
	b.add(p)
}

// wrongKind is a value of another kind than those that are taken.
func (b *builder) wrongKind(n *Node, path []string, takes ...Kind) {
	b.add(Problem{Kind: WrongKind, Path: slices.Clone(path), Pos: n.Pos, Name: path[len(path)-1], Node: n, Takes: kinds(takes...), Found: n.Kind.String()})
}

// missing is a key that a body must have.
func (b *builder) missing(body *Node, path []string, key string) {
	b.add(Problem{Kind: MissingKey, Path: slices.Clone(path), Pos: body.Pos, Name: key, Node: body})
}

// text notes a value of a body that is no text, number or boolean. The
// transforms resolve functions in some.
func (b *builder) text(body *Node, path []string, keys ...string) {
	for _, key := range keys {
		n := body.Get(key)
		if n == nil || n.IsScalar() || n.Kind == Null || n.Kind == Call && (path[0] == "Parameters" || b.t.Uses(LanguageExtensions) || b.t.Uses(Serverless)) {
			continue // null and misplaced functions are noted where they are read
		}
		b.wrongKind(n, below(path, key), String)
	}
}
func kinds(list ...Kind) []string {
	out := make([]string, len(list))
	for i, k := range list {
		out[i] = k.String()
	}
	return out
}

// below is a path with one more step.
func below(path []string, key string) []string { return append(slices.Clone(path), key) }

func textOr(n *Node) string {
	if n.IsScalar() {
		return n.Text
	}
	return n.Kind.String()
}
