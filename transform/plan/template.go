package plan

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// Resource is one entry of a Resources section.
type Resource struct {
	Template  *Template
	ID, Type  string
	Key, Node *yaml.Node
	Props     *yaml.Node
	Child     *Template
	External  bool // a nested template that is not in the release
	Gone      *Cause
}

// Output is one entry of an Outputs section.
type Output struct {
	Name   string
	Node   *yaml.Node
	Lost   *Cause // the whole output
	Export *Cause // its export only
}

// Template is one file of the release. Gone and Lost, on it and on its parts,
// are what stage remove has found; Edits are what the stages have decided.
type Template struct {
	File      string
	Document  *yamldoc.Document
	Tree      *edit.Tree
	Root      *yaml.Node
	IsEntry   bool
	Stack     string // path of the first nested stack that uses it, for subjects
	Resources []*Resource
	ByID      map[string]*Resource
	Params    map[string]*yaml.Node
	Outputs   []*Output
	Lost      map[string]*Cause // parameters
	Edits     edit.Set
	paths     map[*yaml.Node]string
	searched  int
	Nested    []*Template
}

func newTemplate(file string, body []byte) (*Template, error) {
	doc, err := yamldoc.Parse(file, body)
	if err != nil {
		return nil, err
	}
	return NewTemplate(file, doc, edit.Expand(doc.Root))
}

// NewTemplate reads the sections of a template from its tree.
func NewTemplate(file string, doc *yamldoc.Document, tree *edit.Tree) (*Template, error) {
	t := &Template{File: file, Document: doc, Tree: tree, Root: tree.Root, ByID: map[string]*Resource{}, Params: map[string]*yaml.Node{},
		Lost: map[string]*Cause{}}
	section := syntax.Get(t.Root, "Resources")
	if section == nil || section.Kind != yaml.MappingNode {
		return nil, &yamldoc.Error{File: file, Line: t.Root.Line, Column: t.Root.Column, Message: "not a CloudFormation template: it has no Resources"}
	}
	for i := 0; i+1 < len(section.Content); i += 2 {
		r, err := newResource(t, section.Content[i], section.Content[i+1])
		if err != nil {
			return nil, err
		}
		if r != nil {
			t.Resources = append(t.Resources, r)
			t.ByID[r.ID] = r
		}
	}
	syntax.Each(syntax.Get(t.Root, "Parameters"), func(key, value *yaml.Node) { t.Params[key.Value] = value })
	syntax.Each(syntax.Get(t.Root, "Outputs"), func(key, value *yaml.Node) {
		t.Outputs = append(t.Outputs, &Output{Name: key.Value, Node: value})
	})
	return t, nil
}

func newResource(t *Template, key, node *yaml.Node) (*Resource, error) {
	if strings.HasPrefix(key.Value, "Fn::") {
		return nil, nil // a loop or an include; expand.go and macro.go look at those
	}
	typ, ok := syntax.Literal(syntax.Get(node, "Type"))
	if !ok || typ == "" {
		return nil, &yamldoc.Error{File: t.File, Line: key.Line, Column: key.Column, Key: "Resources." + key.Value, Message: "a resource needs a Type"}
	}
	return &Resource{Template: t, ID: key.Value, Type: typ, Key: key, Node: node, Props: syntax.Get(node, "Properties")}, nil
}

// Subject names a resource as reports and --remove do.
func (r *Resource) Subject() string { return r.Template.Stack + "#" + r.ID }

// HasDefault tells whether a parameter can do without an argument.
func (t *Template) HasDefault(name string) bool { return syntax.Get(t.Params[name], "Default") != nil }

// Output finds an output by name.
func (t *Template) Output(name string) *Output {
	for _, o := range t.Outputs {
		if o.Name == name {
			return o
		}
	}
	return nil
}

// Dead tells whether nothing is left in the template.
func (t *Template) Dead() bool {
	for _, r := range t.Resources {
		if r.Gone == nil {
			return false
		}
	}
	makes := false // what a loop or a macro makes is left
	syntax.Each(syntax.Get(t.Root, "Resources"), func(key, _ *yaml.Node) { makes = makes || strings.HasPrefix(key.Value, "Fn::") })
	return len(t.Resources) > 0 && !makes
}

// TemplateURL is where a nested stack or application names its template.
func (r *Resource) TemplateURL() *yaml.Node {
	switch r.Type {
	case "AWS::CloudFormation::Stack":
		return syntax.Get(r.Props, "TemplateURL")
	case "AWS::Serverless::Application":
		if location := syntax.Get(r.Props, "Location"); location != nil && (location.Kind == yaml.ScalarNode || syntax.IsCall(location, "Fn::Sub")) {
			return location
		}
	}
	return nil
}
