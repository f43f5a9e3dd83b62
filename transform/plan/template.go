package plan

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// Template is one file of the release. Gone and Lost, on it and on its parts,
// are what stage remove has found; Edits are what the stages have decided.
type Template struct {
	File      string
	Document  *yamldoc.Document
	Tree      *edit.Tree // with the aliases followed: what Edits are about
	Reading   *cfn.Template
	Root      *cfn.Node
	IsEntry   bool
	Stack     string // path of the first nested stack that uses it, for subjects
	Resources []*Resource
	ByID      map[string]*Resource
	Params    map[string]*cfn.Node
	Outputs   []*Output
	Nested    []*Template
	Lost      map[string]*Cause // parameters
	Edits     Edits

	paths    map[*yaml.Node]string
	searched int

	generated *sam.Owners // see Generated
}

// Resource is one entry of a Resources section.
type Resource struct {
	Template  *Template
	ID, Type  string
	Key, Node *cfn.Node
	Props     *cfn.Node // nil: none are given
	Child     *Template
	External  bool // a nested template that is not in the release
	Gone      *Cause
}

// Output is one entry of an Outputs section.
type Output struct {
	Name   string
	Node   *cfn.Node
	Lost   *Cause // the whole output
	Export *Cause // its export only
}

// ReadTemplate reads the text of one template.
func ReadTemplate(file string, body []byte) (*Template, error) {
	doc, err := yamldoc.Parse(file, body)
	if err != nil {
		return nil, err
	}
	return NewTemplate(file, doc, edit.Expand(doc.Root))
}

// NewTemplate reads the sections of a template from its tree. What cannot be
// read is an error with its place.
func NewTemplate(file string, doc *yamldoc.Document, tree *edit.Tree) (*Template, error) {
	c, err := readingOf(file, doc, tree)
	if err != nil {
		return nil, err
	}
	return templateOf(file, doc, tree, c), nil
}

func readingOf(file string, doc *yamldoc.Document, tree *edit.Tree) (*cfn.Template, error) {
	c, err := cfn.FromYAML(doc, tree.Root)
	if err != nil {
		return nil, err
	}
	if err := c.Fatal(); err != nil {
		return nil, err
	}
	return c, malformed(file, c)
}

func templateOf(file string, doc *yamldoc.Document, tree *edit.Tree, c *cfn.Template) *Template {
	t := &Template{File: file, Document: doc, Tree: tree, Reading: c, Root: c.Root,
		ByID: map[string]*Resource{}, Params: map[string]*cfn.Node{}, Lost: map[string]*Cause{}}
	for _, r := range c.Resources {
		out := &Resource{Template: t, ID: r.ID, Type: r.Type, Key: KeyOf(r.Entry), Node: r.Body, Props: r.Body.Get("Properties")}
		t.Resources = append(t.Resources, out)
		t.ByID[r.ID] = out
	}
	for _, p := range c.Parameters {
		t.Params[p.Name] = p.Body
	}
	for _, o := range c.Outputs {
		t.Outputs = append(t.Outputs, &Output{Name: o.Name, Node: o.Body})
	}
	return t
}

// KeyOf is the key of an entry, for reports that are about it.
func KeyOf(e cfn.Entry) *cfn.Node { return &cfn.Node{Text: e.Key, Pos: e.Pos, Src: e.Src} }

// Section are the entries of a section, those that stand for others included.
func (t *Template) Section(name string) []cfn.Entry { return t.Root.Get(name).Pairs() }

// Subject names a resource as reports and --remove do.
func (r *Resource) Subject() string { return r.Template.Stack + "#" + r.ID }

// HasDefault tells whether a parameter can do without an argument.
func (t *Template) HasDefault(name string) bool { return t.Params[name].Get("Default") != nil }

// Output finds an output by name.
func (t *Template) Output(name string) *Output {
	for _, o := range t.Outputs {
		if o.Name == name {
			return o
		}
	}
	return nil
}

// Dead tells whether nothing is left in the template. What a loop or a macro
// makes is left.
func (t *Template) Dead() bool {
	for _, r := range t.Resources {
		if r.Gone == nil {
			return false
		}
	}
	return len(t.Resources) > 0 && len(t.Resources) == len(t.Section("Resources"))
}

// TemplateURL is where a nested stack or application names its template.
func (r *Resource) TemplateURL() *cfn.Node { return templateURL(r.Type, r.Props) }

func templateURL(typ string, props *cfn.Node) *cfn.Node {
	switch typ {
	case "AWS::CloudFormation::Stack":
		return props.Get("TemplateURL")
	case "AWS::Serverless::Application":
		if location := props.Get("Location"); location.IsScalar() || location.IsCall("Fn::Sub") {
			return location
		}
	}
	return nil
}

// NestedURLs are the texts by which a template names those it nests, as far as
// its text tells.
func NestedURLs(c *cfn.Template) []string {
	var urls []string
	for _, r := range c.Resources {
		if text, ok := Flatten(templateURL(r.Type, r.Properties)); ok {
			urls = append(urls, text)
		}
	}
	return urls
}
