package template

import (
	"strconv"
	"strings"
)

// parameter is one declaration of Parameters. Absent constraints are nil.
type parameter struct {
	name, kind    string
	line, column  int
	description   string
	preset        *node // Default
	noEcho        bool
	allowed       []string
	hasAllowed    bool
	pattern       *string
	min, max      *string
	minLen        *string
	maxLen        *string
	constraintMsg string
}

func (d *document) readParameters(root *node) error {
	n, err := d.section(root, "Parameters")
	if err != nil {
		return err
	}
	for _, e := range n.entries {
		if e.value.kind != mapNode {
			return d.fault(e.value, "Parameters."+e.key, "a parameter is a mapping with a Type")
		}
		kind := e.value.get("Type")
		switch {
		case !kind.isScalar() || kind.text == "":
			return d.fault(e.value, "Parameters."+e.key, "a parameter needs a Type")
		case !isParameterType(kind.text):
			return d.fault(kind, "Parameters."+e.key+".Type", "CloudFormation has no parameter type "+strconv.Quote(kind.text))
		}
		p := &parameter{name: e.key, kind: kind.text, line: e.line, column: e.column}
		p.constraints(e.value)
		d.parameters = append(d.parameters, p)
	}
	return nil
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

func (p *parameter) constraints(n *node) {
	if v := n.get("Default"); v != nil && v.kind != nullNode {
		p.preset = v
	}
	if v := n.get("Description"); v.isScalar() {
		p.description = v.text
	}
	if v := n.get("NoEcho"); v.isScalar() {
		p.noEcho = strings.EqualFold(v.text, "true")
	}
	if v := n.get("AllowedValues"); v != nil {
		p.allowed, p.hasAllowed = textsOf(v), true
	}
	if v := n.get("ConstraintDescription"); v.isScalar() {
		p.constraintMsg = v.text
	}
	p.pattern = textOf(n.get("AllowedPattern"))
	p.min, p.max = textOf(n.get("MinValue")), textOf(n.get("MaxValue"))
	p.minLen, p.maxLen = textOf(n.get("MinLength")), textOf(n.get("MaxLength"))
}

func textOf(n *node) *string {
	if !n.isScalar() {
		return nil
	}
	return &n.text
}

// isList tells the types whose value is split at commas.
func (p *parameter) isList() bool {
	return p.kind == "CommaDelimitedList" || strings.HasPrefix(p.kind, "List<")
}

// fromStore tells the types whose value names an SSM parameter to read.
func (p *parameter) fromStore() bool {
	return strings.HasPrefix(p.kind, "AWS::SSM::Parameter::Value<")
}
