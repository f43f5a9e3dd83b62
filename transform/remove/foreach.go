package remove

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

const loopPrefix = "Fn::ForEach::"

// loop is one Fn::ForEach: the mapping it stands in, its name and its parts.
type loop struct {
	t                      *plan.Template
	in, key, node          *yaml.Node
	variable, values, body *yaml.Node
}

// loops finds every loop of a template, outer ones first.
func loops(t *plan.Template) []loop {
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
	walk(t.Root)
	return out
}

// expandLoops writes out, as the entries they stand for, the loops that
// something removed touches. It tells whether it did; then everything must be
// judged anew.
func (p *run) expandLoops() (bool, error) {
	for _, t := range p.Order {
		for _, l := range loops(t) {
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
				syntax.Each(l.body, func(key, value *yaml.Node) {
					s.Insert(l.in, substitute(key.Value, l.variable.Value, v.Value), l.copyOf(value, v.Value))
				})
			}
			if err := p.reparsed(t, &s); err != nil {
				return false, err
			}
			p.Expanded = append(p.Expanded, plan.Change{File: t.File, Path: t.Path(l.node), Action: "expand", Rule: "loop", Line: l.key.Line,
				Reason: "the loop is written out, for not all that it makes stays: " + why})
			return true, p.restart()
		}
	}
	return false, nil
}

// expandable refuses loops over what only deployment knows.
func (l loop) expandable(why string) error {
	literalList := l.values.Kind == yaml.SequenceNode && !syntax.IsCallNode(l.values)
	for _, v := range l.values.Content {
		_, ok := syntax.Literal(v)
		literalList = literalList && ok
	}
	if literalList && l.body.Kind == yaml.MappingNode {
		return nil
	}
	return &plan.Error{Code: plan.UnsupportedConstruct, File: l.t.File, Line: l.key.Line, Message: fmt.Sprintf("%s loops over values that only deployment knows, and %s", l.key.Value, why),
		Fix: "write the loop out in the source template, or loop over a literal list"}
}

// touches tells what in the body of a loop is gone, empty if nothing is.
func (p *run) touches(l loop) string {
	why := ""
	syntax.Each(l.body, func(_, entry *yaml.Node) {
		typ, ok := syntax.Literal(syntax.Get(entry, "Type"))
		if ok && p.lacks(typ) && syntax.Get(l.t.Root, "Resources") == l.in {
			why = typ + " is not available in " + p.Options.Region
		}
		for _, id := range dependencies(entry) {
			if c := p.lostRef(l.t, id); c != nil {
				why = c.Reason
			}
		}
	})
	w := &refChecker{p: p, t: l.t}
	if c := w.strict(l.body).lost; c != nil && why == "" {
		why = c.Reason
	}
	return why
}

func dependencies(entry *yaml.Node) []string {
	v := syntax.Get(entry, "DependsOn")
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
	if name, ok := syntax.IntrinsicRef(n); ok && name == l.variable.Value {
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
func (p *run) restart() error {
	for _, t := range p.Order {
		if err := p.Remodel(t, t.Document, t.Tree); err != nil {
			return err
		}
	}
	p.exports, p.exported, p.Reached, p.state = nil, 0, nil, newState()
	return nil
}
