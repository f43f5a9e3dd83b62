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
			b.fatal(Problem{Kind: WrongKind, Path: path, Name: e.Key, Node: body, Takes: kinds(Map), Message: "an output is a mapping with a Value"})
			continue
		}
		b.keys(body, path, outputKeys)
		o := &Output{Name: e.Key, Entry: e, Body: body, Value: body.Get("Value"), Description: body.Get("Description"), Export: body.At("Export", "Name")}
		if o.Value == nil {
			b.missing(body, path, "Value")
		} else if o.Value.Kind == Map || o.Value.Kind == List {
			b.wrongKind(o.Value, below(path, "Value"), String)
		}
		b.text(body, path, "Description")
		if export := body.Get("Export"); export != nil && o.Export == nil {
			b.missing(export, below(path, "Export"), "Name")
		}
		o.Condition = b.conditionOf(body, path, "output")
		b.t.Outputs = append(b.t.Outputs, o)
	}
}
