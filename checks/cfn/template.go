package cfn

import (
	"bytes"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Template is one template file. Nothing in it depends on parameters. Mappings,
// Conditions and Globals are Maps, empty when the section is absent.
type Template struct {
	File        string
	Bytes       int // of the text
	Lines       int
	Root        *Node
	Description string
	Transforms  []Transform
	Parameters  []*Parameter
	Rules       []*Rule
	Mappings    *Node
	Conditions  *Node
	Globals     *Node
	Resources   []*Resource
	Outputs     []*Output
	// Unexpanded are the entries of the template and of its sections that stand
	// for others which are not known: Fn::ForEach that is not unrolled, and
	// Fn::Transform.
	Unexpanded []Entry
	Problems   []Problem

	reading []Problem // those of nodes, apart from those of sections
}

// Parse reads the text of one template. The error is a *yamldoc.Error: the text
// is no YAML or JSON, or no mapping. All else that is wrong is in Problems.
func Parse(file string, text []byte) (*Template, error) {
	d, err := yamldoc.ParseWith(file, text, yamldoc.Options{AnyKeys: true, Comments: true})
	if err != nil {
		return nil, err
	}
	return FromYAML(d, d.Root)
}

// FromYAML reads a template from nodes: the root of the document, or a tree
// that an editor made of it, such as one in which aliases are followed. The Src
// of every node is the node of that tree.
func FromYAML(d *yamldoc.Document, root *yaml.Node) (*Template, error) {
	r := &reader{extended: namesTransform(root, LanguageExtensions)}
	for _, c := range d.Comments {
		r.add(Problem{Kind: JSONComment, Pos: Pos(c)})
	}
	if root.Kind != yaml.MappingNode || !slices.Contains(plainTags, root.Tag) {
		return nil, &yamldoc.Error{File: d.File, Line: max(root.Line, 1), Column: max(root.Column, 1), Message: "a template is a mapping with Resources"}
	}
	t := &Template{File: d.File, Bytes: len(d.Bytes), Lines: countLines(d.Bytes)}
	t.Root = r.node(root, atRoot, 1)
	t.reading = r.list
	t.sections()
	return t, nil
}

// namesTransform looks for a transform before anything is read, because what
// functions may do depends on it.
func namesTransform(root *yaml.Node, name string) bool {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Kind == yaml.MappingNode && root.Content[i].Value == "Transform" {
			return hasText(root.Content[i+1], name, 0)
		}
	}
	return false
}

func hasText(n *yaml.Node, text string, depth int) bool {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Value == text {
		return true
	}
	return depth < 3 && slices.ContainsFunc(n.Content, func(c *yaml.Node) bool { return hasText(c, text, depth+1) })
}

func countLines(text []byte) int {
	n := bytes.Count(text, []byte("\n"))
	if len(text) > 0 && text[len(text)-1] != '\n' {
		n++
	}
	return n
}

// Uses tells whether the template names the transform.
func (t *Template) Uses(name string) bool {
	return slices.ContainsFunc(t.Transforms, func(x Transform) bool { return x.Name == name })
}

// Parameter finds a parameter by name, or nil.
func (t *Template) Parameter(name string) *Parameter {
	i := slices.IndexFunc(t.Parameters, func(p *Parameter) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return t.Parameters[i]
}

// Resource finds a resource by its logical id, or nil.
func (t *Template) Resource(id string) *Resource {
	i := slices.IndexFunc(t.Resources, func(r *Resource) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return t.Resources[i]
}

// Output finds an output by name, or nil.
func (t *Template) Output(name string) *Output {
	i := slices.IndexFunc(t.Outputs, func(o *Output) bool { return o.Name == name })
	if i < 0 {
		return nil
	}
	return t.Outputs[i]
}

// Fatal is the first problem that makes the reading incomplete, as the error
// that refuses the file; nil when there is none.
func (t *Template) Fatal() error {
	return t.refusal(func(p Problem) bool { return p.Fatal })
}

// Broken is the first problem that leaves a whole section unread, as the error
// that refuses the file; nil when there is none.
func (t *Template) Broken() error {
	return t.refusal(func(p Problem) bool { return p.Fatal && len(p.Path) < 2 && p.Kind != NonTextKey })
}

func (t *Template) refusal(of func(Problem) bool) error {
	i := slices.IndexFunc(t.Problems, of)
	if i < 0 {
		return nil
	}
	p := t.Problems[i]
	return &yamldoc.Error{File: t.File, Line: max(p.Pos.Line, 1), Column: max(p.Pos.Column, 1), Key: p.Key(), Message: p.Message}
}
