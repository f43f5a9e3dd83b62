package template

// Parameter is one parameter as the entry template declares it. A pointer is
// nil where the template says nothing.
type Parameter struct {
	Name, Type            string
	NoEcho                bool
	Default               *string
	AllowedPattern        *string
	AllowedValues         []string // nil when there is no such list
	MinValue, MaxValue    *string
	MinLength             *string
	MaxLength             *string
	Description           string
	ConstraintDescription string
	At                    Position
}

// Parameters are the parameters of the entry template, in its order.
func (t *Tree) Parameters() []Parameter {
	var out []Parameter
	for _, p := range t.root.doc.parameters {
		d := Parameter{
			Name: p.name, Type: p.kind, NoEcho: p.noEcho, AllowedPattern: p.pattern,
			MinValue: p.min, MaxValue: p.max, MinLength: p.minLen, MaxLength: p.maxLen,
			Description: p.description, ConstraintDescription: p.constraintMsg,
			At: Position{t.root.doc.file, p.line, p.column},
		}
		if p.hasAllowed {
			d.AllowedValues = append([]string{}, p.allowed...)
		}
		if p.preset.isScalar() {
			d.Default = &p.preset.text
		}
		out = append(out, d)
	}
	return out
}

// Entry is the name of the entry template's file, its key or its URL.
func (t *Tree) Entry() string { return t.root.doc.file }
