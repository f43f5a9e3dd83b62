package cfn

import (
	"slices"
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
		b.fatal(Problem{Kind: WrongKind, Path: path, Name: e.Key, Node: n, Takes: kinds(Map), Message: "a parameter is a mapping with a Type"})
		return nil
	}
	kind := n.Get("Type")
	switch {
	case !kind.IsScalar() || kind.Text == "":
		b.fatal(Problem{Kind: MissingKey, Path: path, Name: "Type", Node: n, Message: "a parameter needs a Type"})
	case !isParameterType(kind.Text):
		b.fatal(Problem{Kind: AttributeValue, Path: below(path, "Type"), Name: kind.Text, Node: kind, Takes: parameterTypes(), Message: "CloudFormation has no parameter type " + strconv.Quote(kind.Text)})
	}
	b.keys(n, path, parameterKeys)
	b.text(n, path, "Default", "Description", "NoEcho", "AllowedPattern", "ConstraintDescription", "MinLength", "MaxLength", "MinValue", "MaxValue")
	if v := n.Get("AllowedValues"); v != nil && v.Kind != List && v.Kind != Null {
		b.wrongKind(v, below(path, "AllowedValues"), List)
	}
	p := &Parameter{
		Name: e.Key, Type: textOf(kind), Entry: e, Body: n, Default: n.Get("Default"), Description: n.Get("Description"),
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

// resourceTypes are the parameter types that name something of an account.
var resourceTypes = []string{"AWS::EC2::AvailabilityZone::Name", "AWS::EC2::Image::Id", "AWS::EC2::Instance::Id", "AWS::EC2::KeyPair::KeyName",
	"AWS::EC2::SecurityGroup::GroupName", "AWS::EC2::SecurityGroup::Id", "AWS::EC2::Subnet::Id", "AWS::EC2::Volume::Id", "AWS::EC2::VPC::Id",
	"AWS::Route53::HostedZone::Id"}

var plainTypes = []string{"String", "Number", "CommaDelimitedList", "List<Number>", "List<String>", "AWS::SSM::Parameter::Name"}

// isParameterType knows the types of parameters. Of those that the Parameter
// Store holds, the type between the brackets is one of a parameter.
func isParameterType(name string) bool {
	if stored, is := strings.CutPrefix(name, "AWS::SSM::Parameter::Value<"); is {
		stored, is = strings.CutSuffix(stored, ">")
		return is && isParameterType(stored) && !strings.HasPrefix(stored, "AWS::SSM::")
	}
	if slices.Contains(plainTypes, name) || slices.Contains(resourceTypes, name) {
		return true
	}
	inner, is := strings.CutPrefix(name, "List<")
	return is && strings.HasSuffix(inner, ">") && slices.Contains(resourceTypes, strings.TrimSuffix(inner, ">"))
}

func parameterTypes() []string {
	out := slices.Concat(plainTypes, resourceTypes)
	for _, name := range resourceTypes {
		out = append(out, "List<"+name+">")
	}
	return out
}

func textOf(n *Node) string {
	if !n.IsScalar() {
		return ""
	}
	return n.Text
}

// IsList tells the types whose value is split at commas.
func (p *Parameter) IsList() bool {
	return p.Type == "CommaDelimitedList" || strings.HasPrefix(p.Type, "List<")
}

// FromStore tells the types whose value names an SSM parameter to read.
func (p *Parameter) FromStore() bool {
	return strings.HasPrefix(p.Type, "AWS::SSM::Parameter::Value<")
}
