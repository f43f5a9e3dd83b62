package transform

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/edit"
)

const loopPrefix = "Fn::ForEach::"

// loop is one Fn::ForEach: the mapping it stands in, its name and its parts.
type loop struct {
	t                      *template
	in, key, node          *yaml.Node
	variable, values, body *yaml.Node
}

// loops finds every loop of a template, outer ones first.
func (t *template) loops() []loop {
	var out []loop
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 0 {
				if v := n.Content[i+1]; strings.HasPrefix(c.Value, loopPrefix) && len(v.Content) == 3 {
					out = append(out, loop{t, n, c, v, v.Content[0], v.Content[1], v.Content[2]})
				}
				continue
			}
			walk(c)
		}
	}
	walk(t.root)
	return out
}

// expandLoops writes out, as the entries they stand for, the loops that
// something removed touches. It tells whether it did; then everything must be
// judged anew.
func (p *pass) expandLoops() (bool, error) {
	for _, t := range p.order {
		for _, l := range t.loops() {
			why := p.touches(l)
			if why == "" {
				continue
			}
			if err := l.expandable(why); err != nil {
				return false, err
			}
			var s edit.Set
			s.Delete(l.node)
			for _, v := range l.values.Content {
				each(l.body, func(key, value *yaml.Node) {
					s.Insert(l.in, substitute(key.Value, l.variable.Value, v.Value), l.copyOf(value, v.Value))
				})
			}
			if err := p.reparsed(t, &s); err != nil {
				return false, err
			}
			p.expanded = append(p.expanded, Change{File: t.file, Path: t.path(l.node), Action: "expand", Rule: "loop", Line: l.key.Line,
				Reason: "the loop is written out, for not all that it makes stays: " + why})
			return true, p.restart()
		}
	}
	return false, nil
}

// expandable refuses loops over what only deployment knows.
func (l loop) expandable(why string) error {
	literalList := l.values.Kind == yaml.SequenceNode && !isCallNode(l.values)
	for _, v := range l.values.Content {
		_, ok := literal(v)
		literalList = literalList && ok
	}
	if literalList && l.body.Kind == yaml.MappingNode {
		return nil
	}
	return &Error{Code: UnsupportedConstruct, File: l.t.file, Line: l.key.Line, Message: fmt.Sprintf("%s loops over values that only deployment knows, and %s", l.key.Value, why),
		Fix: "write the loop out in the source template, or loop over a literal list"}
}

// touches tells what in the body of a loop is gone, empty if nothing is.
func (p *pass) touches(l loop) string {
	why := ""
	each(l.body, func(_, entry *yaml.Node) {
		typ, ok := literal(get(entry, "Type"))
		if ok && p.lacks(typ) && get(l.t.root, "Resources") == l.in {
			why = typ + " is not available in " + p.options.Region
		}
		for _, id := range dependencies(entry) {
			if c := p.lostRef(l.t, id); c != nil {
				why = c.reason
			}
		}
	})
	w := &walk{p: p, t: l.t}
	if c := w.strict(l.body).lost; c != nil && why == "" {
		why = c.reason
	}
	return why
}

func dependencies(entry *yaml.Node) []string {
	v := get(entry, "DependsOn")
	switch {
	case v == nil:
		return nil
	case v.Kind == yaml.SequenceNode:
		var ids []string
		for _, c := range v.Content {
			ids = append(ids, c.Value)
		}
		return ids
	}
	return []string{v.Value}
}

// substitute puts a value in the place of the loop's variable.
func substitute(text, name, value string) string {
	return strings.NewReplacer("${"+name+"}", value, "&{"+name+"}", value).Replace(text)
}

// copyOf is the body of the loop for one value.
func (l loop) copyOf(n *yaml.Node, value string) *yaml.Node {
	if name, ok := intrinsicRef(n); ok && name == l.variable.Value {
		return edit.Text(value)
	}
	out := *n
	if n.Kind == yaml.ScalarNode {
		out.Value = substitute(n.Value, l.variable.Value, value)
	}
	out.Content = make([]*yaml.Node, 0, len(n.Content))
	for _, c := range n.Content {
		out.Content = append(out.Content, l.copyOf(c, value))
	}
	return &out
}

// restart forgets what was found, for the templates are not the same any more.
func (p *pass) restart() error {
	for _, t := range p.order {
		if err := p.remodel(t, t.doc, t.tree); err != nil {
			return err
		}
	}
	p.exports, p.exported, p.reached = nil, 0, nil
	return nil
}
