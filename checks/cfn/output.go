package cfn

// Output is one entry of Outputs. What is absent is nil.
type Output struct {
	Name        string
	Entry       Entry
	Body        *Node
	Value       *Node
	Description *Node
	Export      *Node  // the Name of the export
	Condition   string // empty: none
}

func (b *builder) outputs() {
	for _, e := range b.section("Outputs").Entries {
		if !b.name(e, "Outputs", alphanumeric) {
			continue
		}
		path, body := []string{"Outputs", e.Key}, e.Value
		if body.Kind != Map {
			b.at(WrongKind, body, path, e.Key, "an output is a mapping with a Value", true)
			continue
		}
		b.keys(body, path, "an output", outputKeys)
		o := &Output{Name: e.Key, Entry: e, Body: body, Value: body.Get("Value"), Description: body.Get("Description"), Export: body.At("Export", "Name")}
		if o.Value == nil {
			b.at(MissingKey, body, path, "Value", "an output needs a Value", false)
		}
		o.Condition = b.conditionOf(body, path, "output")
		b.t.Outputs = append(b.t.Outputs, o)
	}
}
