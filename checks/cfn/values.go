package cfn

import "regexp"

var mappingKey = regexp.MustCompile(`^[A-Za-z0-9.-]+$`)

// mappings judges what stands in the mappings: two levels of keys, and texts or
// lists below.
func (b *builder) mappings() {
	for _, m := range b.t.Mappings.Entries {
		path := []string{"Mappings", m.Key}
		if m.IsUnexpanded() || m.Value.IsCall(macroKey) {
			continue
		}
		if m.Value.Kind != Map {
			b.wrongKind(m.Value, path, Map)
			continue
		}
		for _, row := range m.Value.Entries {
			b.row(row, below(path, row.Key))
		}
	}
}

func (b *builder) row(row Entry, path []string) {
	if row.IsUnexpanded() || row.Value.IsCall(macroKey) {
		return
	}
	if !mappingKey.MatchString(row.Key) {
		b.note(MappingKey, row, path, row.Key)
	}
	if row.Value.Kind != Map {
		b.wrongKind(row.Value, path, Map)
		return
	}
	for _, e := range row.Value.Entries {
		switch e.Value.Kind {
		case Map:
			if !e.IsUnexpanded() {
				b.wrongKind(e.Value, below(path, e.Key), String, List)
			}
		case String, Number, Bool, List, Null, Call: // functions are judged where they are read
		}
		if !mappingKey.MatchString(e.Key) && !e.IsUnexpanded() {
			b.note(MappingKey, e, below(path, e.Key), e.Key)
		}
	}
}

// conditions judges the conditions themselves: each is a function that gives a
// truth, and so is each part of one that is a condition again.
func (b *builder) conditions() {
	for _, e := range b.t.Conditions.Entries {
		if !e.IsUnexpanded() {
			b.truth(e.Value, []string{"Conditions", e.Key})
		}
	}
}

var truths = map[string]bool{"Condition": true, "Fn::And": true, "Fn::Or": true, "Fn::Not": true, "Fn::Equals": true, macroKey: true}

func (b *builder) truth(n *Node, path []string) {
	if n.Kind == Null || n.Is("true") || n.Is("false") {
		return
	}
	if n.Kind != Call {
		b.add(Problem{Kind: WrongKind, Path: path, Pos: n.Pos, Name: path[len(path)-1], Node: n, Takes: []string{"condition"}, Found: n.Kind.String()})
		return
	}
	f, known := functions[n.Func]
	if known && !truths[n.Func] && f.In&InCondition != 0 {
		b.add(Problem{Kind: WrongKind, Path: path, Pos: n.Pos, Name: path[len(path)-1], Node: n, Takes: []string{"condition"}, Found: n.Func})
		return
	}
	if n.Func == "Fn::And" || n.Func == "Fn::Or" || n.Func == "Fn::Not" {
		for _, item := range n.Arg().List(1, 10) {
			b.truth(item, path)
		}
	}
}

// sameNames notes resources that are called as a parameter is.
func (b *builder) sameNames() {
	for _, r := range b.t.Resources {
		if p := b.t.Parameter(r.ID); p != nil {
			b.add(Problem{Kind: SameName, Path: []string{"Resources", r.ID}, Pos: r.Entry.Pos, Other: p.Entry.Pos, Name: r.ID, Node: r.Body})
		}
	}
}
