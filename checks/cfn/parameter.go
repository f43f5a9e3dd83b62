package cfn

import (
	"strconv"
	"strings"
)

// Parameter is one entry of Parameters. What is absent is nil.
type Parameter struct {
	Name, Type            string
	Entry                 Entry
	Body                  *Node
	Default               *Node // nil when it is null, too
	NoEcho                bool
	Description           *Node
	AllowedValues         *Node
	AllowedPattern        *Node
	ConstraintDescription *Node
	MinLength, MaxLength  *Node
	MinValue, MaxValue    *Node
}

func (b *builder) parameters() {
	for _, e := range b.section("Parameters").Entries {
		if !b.name(e, "Parameters", alphanumeric) {
			continue
		}
		if p := b.parameter(e); p != nil {
			b.t.Parameters = append(b.t.Parameters, p)
		}
	}
}

func (b *builder) parameter(e Entry) *Parameter {
	path, n := []string{"Parameters", e.Key}, e.Value
	if n.Kind != Map {
		b.at(WrongKind, n, path, e.Key, "a parameter is a mapping with a Type", true)
		return nil
	}
	kind := n.Get("Type")
	switch {
	case !kind.IsScalar() || kind.Text == "":
		b.at(MissingKey, n, path, "Type", "a parameter needs a Type", true)
		return nil
	case !isParameterType(kind.Text):
		b.at(AttributeValue, kind, append(path, "Type"), kind.Text, "CloudFormation has no parameter type "+strconv.Quote(kind.Text), true)
		return nil
	}
	b.keys(n, path, "a parameter", parameterKeys)
	p := &Parameter{
		Name: e.Key, Type: kind.Text, Entry: e, Body: n, Default: n.Get("Default"), Description: n.Get("Description"),
		AllowedValues: n.Get("AllowedValues"), AllowedPattern: n.Get("AllowedPattern"), ConstraintDescription: n.Get("ConstraintDescription"),
		MinLength: n.Get("MinLength"), MaxLength: n.Get("MaxLength"), MinValue: n.Get("MinValue"), MaxValue: n.Get("MaxValue"),
	}
	if p.Default != nil && p.Default.Kind == Null {
		p.Default = nil
	}
	if v := n.Get("NoEcho"); v.IsScalar() {
		p.NoEcho = strings.EqualFold(v.Text, "true")
	}
	return p
}

// isParameterType knows the plain types by name; those that name a resource or
// a stored parameter are AWS's to add to.
func isParameterType(name string) bool {
	switch name {
	case "String", "Number", "CommaDelimitedList", "List<Number>", "List<String>":
		return true
	}
	return strings.HasPrefix(strings.TrimPrefix(name, "List<"), "AWS::")
}

// IsList tells the types whose value is split at commas.
func (p *Parameter) IsList() bool {
	return p.Type == "CommaDelimitedList" || strings.HasPrefix(p.Type, "List<")
}

// FromStore tells the types whose value names an SSM parameter to read.
func (p *Parameter) FromStore() bool {
	return strings.HasPrefix(p.Type, "AWS::SSM::Parameter::Value<")
}
