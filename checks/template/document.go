package template

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// document is one template file, parsed once however many stacks are made of
// it. Nothing in it depends on parameters.
type document struct {
	file        string
	size, lines int
	description string
	transforms  []string
	parameters  []*parameter
	mappings    *node
	conditions  *node
	globals     *node
	declared    []*declaration // as written
	resources   []*declaration // after the SAM transform
	byID        map[string]*declaration
	outputs     []entry
	loops       []entry // Fn::ForEach and Fn::Transform beside resources or outputs
}

const (
	samTransform      = "AWS::Serverless-2016-10-31"
	languageTransform = "AWS::LanguageExtensions"
)

// parse reads one template. The error names file, line and column.
func parse(file string, text []byte) (*document, error) {
	y, err := yamldoc.Parse(file, text)
	if err != nil {
		return nil, err
	}
	c := converter{file: file, anchors: map[*yaml.Node]*node{}}
	root, err := c.node(y.Root)
	if err != nil {
		return nil, err
	}
	d := &document{file: file, size: len(text), lines: countLines(text)}
	if root.kind != mapNode {
		return nil, d.fault(root, "", "a template is a mapping with Resources")
	}
	if slices.Contains(textsOf(root.get("Transform")), languageTransform) {
		u := unroller{budget: maxUnrolled}
		root = u.unroll(root)
	}
	if err := d.sections(root); err != nil {
		return nil, err
	}
	d.expand()
	return d, nil
}

func countLines(text []byte) int {
	n := strings.Count(string(text), "\n")
	if len(text) > 0 && text[len(text)-1] != '\n' {
		n++
	}
	return n
}

func (d *document) fault(at *node, key, message string) error {
	return &yamldoc.Error{File: d.file, Line: max(at.line, 1), Column: max(at.column, 1), Key: key, Message: message}
}

func (d *document) sections(root *node) error {
	if n := root.get("Description"); n.isScalar() {
		d.description = n.text
	}
	d.transforms = textsOf(root.get("Transform"))
	d.globals = root.get("Globals")
	var err error
	if d.mappings, err = d.section(root, "Mappings"); err != nil {
		return err
	}
	if d.conditions, err = d.section(root, "Conditions"); err != nil {
		return err
	}
	outputs, err := d.section(root, "Outputs")
	if err != nil {
		return err
	}
	for _, e := range outputs.entries {
		switch {
		case isLoop(e.key):
			d.loops = append(d.loops, e)
		case e.value.kind != mapNode:
			return d.fault(e.value, "Outputs."+e.key, "an output is a mapping with a Value")
		default:
			d.outputs = append(d.outputs, e)
		}
	}
	if err := d.readParameters(root); err != nil {
		return err
	}
	return d.readResources(root)
}

// section returns a top-level mapping, empty when it is absent.
func (d *document) section(root *node, name string) (*node, error) {
	n := root.get(name)
	if n == nil || n.kind == nullNode {
		return &node{kind: mapNode, line: root.line, column: root.column}, nil
	}
	if n.kind == callNode {
		n = &node{kind: mapNode, line: n.line, column: n.column, entries: []entry{{n.fn, n.line, n.column, n.arg()}}}
	}
	if n.kind != mapNode {
		return nil, d.fault(n, name, name+" must be a mapping")
	}
	return n, nil
}

func (n *node) shape() string {
	return [...]string{"text", "null", "list", "mapping", "function"}[n.kind]
}

// textsOf returns a scalar or the scalars of a list.
func textsOf(n *node) []string {
	if n == nil {
		return nil
	}
	if n.isScalar() {
		return []string{n.text}
	}
	var out []string
	for _, item := range n.items {
		if n.kind == listNode && item.isScalar() {
			out = append(out, item.text)
		}
	}
	return out
}

func (d *document) uses(transform string) bool {
	return slices.Contains(d.transforms, transform)
}
