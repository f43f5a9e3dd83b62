package template

// Items returns the elements of a list.
func (v Value) Items() []Value {
	if v.Kind != List {
		return nil
	}
	return v.items
}

// Branches returns what an unknown may be when a condition is undecided.
func (v Value) Branches() []Value {
	if v.Kind != Unknown {
		return nil
	}
	return v.items
}

// Fields returns the entries of a map. AWS::NoValue entries are left out.
func (v Value) Fields() []Field { return v.fields }

// Get follows keys through maps. What is absent is NoValue; below an unknown,
// or in a map that may hold more than is seen, the answer is unknown.
func (v Value) Get(keys ...string) Value {
	for _, k := range keys {
		v = v.field(k)
	}
	return v
}

func (v Value) field(key string) Value {
	switch v.Kind {
	case Unknown:
		return Value{At: v.At, reason: v.why(), origin: v.below(key)}
	case Map:
		for _, f := range v.fields {
			if f.Key == key {
				return f.Value
			}
		}
		if v.reason != "" {
			return Value{At: v.At, reason: v.reason, origin: v.below(key)}
		}
	}
	return Value{Kind: NoValue, At: v.At}
}

// below is the source of a property of something that is not known.
func (v Value) below(key string) *origin {
	if v.origin == nil {
		return nil
	}
	return stepped("property "+key, v)
}

// SameText compares two literals, of which either may be secret.
func (v Value) SameText(w Value) bool {
	return v.Kind == Literal && w.Kind == Literal && v.parts[0].Text == w.parts[0].Text
}

// Secret tells whether the value is that of a NoEcho parameter.
func (v Value) Secret() bool { return v.secret }
