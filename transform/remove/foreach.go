package remove

import (
	"fmt"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

const loopPrefix = "Fn::ForEach::"

// loop is one Fn::ForEach and the mapping that it stands in.
type loop struct {
	cfn.Loop
	t  *plan.Template
	in *cfn.Node
}

// loops finds every loop of a template, outer ones first.
func loops(t *plan.Template) []loop {
	var out []loop
	cfn.Walk(t.Root, func(n *cfn.Node) bool {
		for i := range n.Entries {
			if l, ok := cfn.LoopOf(&n.Entries[i]); ok {
				out = append(out, loop{l, t, n})
			}
		}
		return true
	})
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
			var edits plan.Edits
			edits.Delete(l.Entry.Value)
			for _, value := range l.Collection.Items {
				for _, e := range l.Body.Entries {
					edits.Insert(l.in, l.Fill(e.Key, value.Text), l.copyOf(e.Value, value.Text))
				}
			}
			change := plan.Change{File: t.File, Path: t.Path(l.Entry.Value), Action: "expand", Rule: "loop", Line: l.Entry.Pos.Line,
				Reason: "the loop is written out, for not all that it makes stays: " + why}
			t.Edits = edits
			if err := p.reparsed(t); err != nil {
				return false, err
			}
			p.Expanded = append(p.Expanded, change)
			return true, p.restart()
		}
	}
	return false, nil
}

// expandable refuses loops over what only deployment knows.
func (l loop) expandable(why string) error {
	literal := l.Collection.Kind == cfn.List
	for _, v := range l.Collection.Items {
		literal = literal && v.IsScalar()
	}
	if literal {
		return nil
	}
	return &plan.Error{Code: plan.UnsupportedConstruct, File: l.t.File, Line: l.Entry.Pos.Line, Message: fmt.Sprintf("%s loops over values that only deployment knows, and %s", l.Entry.Key, why),
		Fix: "write the loop out in the source template, or loop over a literal list"}
}

// touches tells what in the body of a loop is gone, empty if nothing is.
func (p *run) touches(l loop) string {
	why := ""
	for _, e := range l.Body.Entries {
		typ, ok := e.Value.Get("Type").Scalar()
		if ok && p.lacks(typ) && l.t.Root.Get("Resources") == l.in {
			why = typ + " is not available in " + p.Options.Region
		}
		for _, id := range e.Value.Get("DependsOn").Texts() {
			if c := p.lostRef(l.t, id); c != nil {
				why = c.Reason
			}
		}
	}
	w := &refChecker{p: p, t: l.t}
	if c := w.strict(l.Body).lost; c != nil && why == "" {
		why = c.Reason
	}
	return why
}

// copyOf is the body of the loop for one value.
func (l loop) copyOf(n *cfn.Node, value string) *yaml.Node {
	with := map[*yaml.Node]*yaml.Node{}
	cfn.Walk(n, func(c *cfn.Node) bool {
		if name, ok := c.Ref(); ok && name == l.Variable {
			with[c.Src] = plan.Around(c, edit.Text(value))
		}
		return true
	})
	return l.filled(n.Src, value, with)
}

func (l loop) filled(y *yaml.Node, value string, with map[*yaml.Node]*yaml.Node) *yaml.Node {
	if made, ok := with[y]; ok {
		return made
	}
	out := *y
	if y.Kind == yaml.ScalarNode {
		out.Value = l.Fill(y.Value, value)
	}
	out.Content = make([]*yaml.Node, 0, len(y.Content))
	for _, c := range y.Content {
		out.Content = append(out.Content, l.filled(c, value, with))
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
