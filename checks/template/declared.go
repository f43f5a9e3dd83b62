package template

// Parameter is a parameter that the entry template declares, as it is written.
// Pointers are nil where the template has no such key.
type Parameter struct {
	Name, Type  string
	NoEcho      bool
	Description string
	// Default is the text of the default; a list default is joined by commas.
	Default               *string
	AllowedPattern        *string
	AllowedValues         []string
	MinValue, MaxValue    *string
	MinLength, MaxLength  *string
	ConstraintDescription string
	File                  string
	Line, Column          int
}

// Parameters are those of the entry template, in its order.
func (t *Tree) Parameters() []Parameter {
	d := t.root.doc
	out := make([]Parameter, 0, len(d.parameters))
	for _, p := range d.parameters {
		out = append(out, Parameter{
			Name: p.name, Type: p.kind, NoEcho: p.noEcho, Description: p.description,
			Default: defaultOf(p), AllowedPattern: p.pattern, AllowedValues: p.allowed,
			MinValue: p.min, MaxValue: p.max, MinLength: p.minLen, MaxLength: p.maxLen,
			ConstraintDescription: p.constraintMsg, File: d.file, Line: p.line, Column: p.column,
		})
	}
	return out
}

func defaultOf(p *parameter) *string {
	if p.preset == nil {
		return nil
	}
	if p.preset.isScalar() {
		return textOf(p.preset)
	}
	joined := ""
	for i, item := range textsOf(p.preset) {
		if i > 0 {
			joined += ","
		}
		joined += item
	}
	return &joined
}
