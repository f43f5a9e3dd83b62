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
		return Value{At: v.At, reason: v.why()}
	case Map:
		for _, f := range v.fields {
			if f.Key == key {
				return f.Value
			}
		}
		if v.reason != "" {
			return Value{At: v.At, reason: v.reason}
		}
	}
	return Value{Kind: NoValue, At: v.At}
}
