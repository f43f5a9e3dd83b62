package transform

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// cause is why something is gone or lost.
type cause struct {
	rule   string
	reason string
	seed   bool // removed for its own sake, not for that of another
	climb  bool // an authorisation document: no optional slot may swallow the loss
}

// resource is one entry of a Resources section.
type resource struct {
	t          *template
	id, typ    string
	key, node  *yaml.Node
	props      *yaml.Node
	child      *template
	childAlien bool // a nested template that is not in the release
	gone       *cause
	events     map[string]*cause // lost events of a serverless resource
	judgedAt   int               // stamp of the last look, see round
	touched    bool              // that look found something to edit
}

type output struct {
	name      string
	key, node *yaml.Node
	lost      *cause // the whole output
	export    *cause // its export only
}

// template is one file of the release with what the fixpoint has found.
type template struct {
	file      string
	doc       *yamldoc.Document
	tree      *edit.Tree
	root      *yaml.Node
	entry     bool
	stack     string // path of the first nested stack that uses it, for subjects
	resources []*resource
	byID      map[string]*resource
	params    map[string]*yaml.Node
	outputs   []*output
	lost      map[string]*cause // parameters
	globals   map[string]*cause // Kind/Property of SAM Globals
	edits     edit.Set
	paths     map[*yaml.Node]string
	searched  int
	nested    []*template
	losses    int // how often something in it was lost
}

func newTemplate(file string, body []byte) (*template, error) {
	doc, err := yamldoc.Parse(file, body)
	if err != nil {
		return nil, err
	}
	return modelOf(file, doc, edit.Expand(doc.Root))
}

func modelOf(file string, doc *yamldoc.Document, tree *edit.Tree) (*template, error) {
	t := &template{file: file, doc: doc, tree: tree, root: tree.Root, byID: map[string]*resource{}, params: map[string]*yaml.Node{},
		lost: map[string]*cause{}, globals: map[string]*cause{}}
	section := get(t.root, "Resources")
	if section == nil || section.Kind != yaml.MappingNode {
		return nil, &yamldoc.Error{File: file, Line: t.root.Line, Column: t.root.Column, Message: "not a CloudFormation template: it has no Resources"}
	}
	for i := 0; i+1 < len(section.Content); i += 2 {
		r, err := newResource(t, section.Content[i], section.Content[i+1])
		if err != nil {
			return nil, err
		}
		if r != nil {
			t.resources = append(t.resources, r)
			t.byID[r.id] = r
		}
	}
	each(get(t.root, "Parameters"), func(key, value *yaml.Node) { t.params[key.Value] = value })
	each(get(t.root, "Outputs"), func(key, value *yaml.Node) {
		t.outputs = append(t.outputs, &output{name: key.Value, key: key, node: value})
	})
	return t, nil
}

func newResource(t *template, key, node *yaml.Node) (*resource, error) {
	if strings.HasPrefix(key.Value, "Fn::") {
		return nil, nil // a loop or an include; expand.go and macro.go look at those
	}
	typ, ok := literal(get(node, "Type"))
	if !ok || typ == "" {
		return nil, &yamldoc.Error{File: t.file, Line: key.Line, Column: key.Column, Key: "Resources." + key.Value, Message: "a resource needs a Type"}
	}
	return &resource{t: t, id: key.Value, typ: typ, key: key, node: node, props: get(node, "Properties")}, nil
}

// each calls f with every entry of a mapping; a nil node has none.
func each(n *yaml.Node, f func(key, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f(n.Content[i], n.Content[i+1])
	}
}

// subject names a resource as reports and --remove do.
func (r *resource) subject() string { return r.t.stack + "#" + r.id }

// hasDefault tells whether a parameter can do without an argument.
func (t *template) hasDefault(name string) bool { return get(t.params[name], "Default") != nil }

// output finds an output by name.
func (t *template) output(name string) *output {
	for _, o := range t.outputs {
		if o.name == name {
			return o
		}
	}
	return nil
}

// dead tells whether nothing is left in the template.
func (t *template) dead() bool {
	for _, r := range t.resources {
		if r.gone == nil {
			return false
		}
	}
	makes := false // what a loop or a macro makes is left
	each(get(t.root, "Resources"), func(key, _ *yaml.Node) { makes = makes || strings.HasPrefix(key.Value, "Fn::") })
	return len(t.resources) > 0 && !makes
}

// load reads the entry template and everything it reaches.
func (p *pass) load() error {
	p.templates = map[string]*template{}
	if _, ok := p.release.Files[p.release.Entry]; !ok {
		return &yamldoc.Error{File: p.release.Entry, Line: 1, Column: 1, Message: "the entry template is not there"}
	}
	if err := p.readAll([]string{p.release.Entry}); err != nil {
		return err
	}
	p.entry = p.order[0]
	p.entry.entry, p.entry.stack = true, "entry"
	for i := 0; i < len(p.order); i++ {
		if err := p.nested(p.order[i]); err != nil {
			return err
		}
	}
	return nil
}

// nested links the stacks of t with their templates.
func (p *pass) nested(t *template) error {
	if err := p.readAll(p.unread(t)); err != nil {
		return fmt.Errorf("read what %s nests: %w", t.file, err)
	}
	for _, r := range t.resources {
		url := r.templateURL()
		if url == nil {
			continue
		}
		file, ok := p.childFile(t, url)
		if !ok {
			r.childAlien = true
			continue
		}
		r.child = p.templates[file]
		if r.child.stack == "" {
			r.child.stack = strings.TrimPrefix(t.stack+"/"+r.id, "entry/")
		}
		t.nested = append(t.nested, r.child)
	}
	return nil
}

// unread are the files that t nests and that were not read yet.
func (p *pass) unread(t *template) []string {
	var files []string
	for _, r := range t.resources {
		if url := r.templateURL(); url != nil {
			if file, ok := p.childFile(t, url); ok && p.templates[file] == nil && !slices.Contains(files, file) {
				files = append(files, file)
			}
		}
	}
	return files
}

// readAll reads templates side by side and keeps them in the given order.
func (p *pass) readAll(files []string) error {
	read := make([]*template, len(files))
	errs := make([]error, len(files))
	var wait sync.WaitGroup
	for i, file := range files {
		wait.Go(func() { read[i], errs[i] = newTemplate(file, p.release.Files[file]) })
	}
	wait.Wait()
	for i, t := range read {
		if errs[i] != nil {
			return errs[i]
		}
		p.templates[t.file] = t
		p.order = append(p.order, t)
	}
	return nil
}

// templateURL is where a nested stack or application names its template.
func (r *resource) templateURL() *yaml.Node {
	switch r.typ {
	case "AWS::CloudFormation::Stack":
		return get(r.props, "TemplateURL")
	case "AWS::Serverless::Application":
		if location := get(r.props, "Location"); location != nil && (location.Kind == yaml.ScalarNode || isCall(location, "Fn::Sub")) {
			return location
		}
	}
	return nil
}

// callers are the live stacks that use the template.
func (p *pass) callers(child *template) []*resource {
	var out []*resource
	for _, t := range p.order {
		for _, r := range t.resources {
			if r.child == child && r.gone == nil && p.live(t) {
				out = append(out, r)
			}
		}
	}
	return out
}

// live tells whether the entry template still reaches t.
func (p *pass) live(t *template) bool { return t.entry || slices.Contains(p.reached, t) }

// reach finds the templates that live stacks lead to.
func (p *pass) reach() {
	p.reached = []*template{p.entry}
	for i := 0; i < len(p.reached); i++ {
		for _, r := range p.reached[i].resources {
			if r.child != nil && r.gone == nil && !slices.Contains(p.reached, r.child) {
				p.reached = append(p.reached, r.child)
			}
		}
	}
}

// relative is the file that a relative TemplateURL of t names.
func relative(t *template, url string) string {
	return path.Clean(path.Join(path.Dir(t.file), strings.TrimPrefix(url, "./")))
}
