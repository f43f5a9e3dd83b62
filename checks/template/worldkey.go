package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// maxKeyDepth is how deep two parts of templates are compared.
const maxKeyDepth = 30

// key names the value of a node: two nodes with one key have one value, in
// whichever stacks they are. A parameter is the argument that gives its value.
func (s *stack) key(n *cfn.Node, depth int) string {
	if depth > maxKeyDepth {
		return s.label() + " too deep"
	}
	switch n.Kind {
	case cfn.List:
		return s.keys("", n.Items, depth)
	case cfn.Map:
		var b strings.Builder
		for _, e := range n.Entries {
			b.WriteString(e.Key + ":" + s.key(e.Value, depth+1) + ";")
		}
		return "{" + b.String() + "}"
	case cfn.Call:
		if name, is := n.Ref(); is {
			return s.refKey(name, depth)
		}
		return s.label() + " " + s.keys(n.Func, n.Items, depth)
	}
	return "'" + n.Text + "'"
}

func (s *stack) keys(of string, items []*cfn.Node, depth int) string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = s.key(item, depth+1)
	}
	return of + "(" + strings.Join(out, ",") + ")"
}

func (s *stack) refKey(name string, depth int) string {
	if from, n := s.source(name); n != nil {
		return from.key(n, depth+1)
	}
	switch name {
	case "AWS::Region", "AWS::AccountId", "AWS::Partition", "AWS::URLSuffix": // one for all stacks
		return "Ref " + name
	}
	return s.label() + " Ref " + name
}

// source is the argument of a nested stack that gives its parameter.
func (s *stack) source(name string) (*stack, *cfn.Node) {
	if s.parent == nil || s.doc.Parameter(name) == nil {
		return nil, nil
	}
	n := s.decl.Properties.Get("Parameters").Get(name)
	return s.parent, n
}

// allowed are all the texts that a node can have, where a parameter of the
// entry template lists them.
func (s *stack) allowed(n *cfn.Node) []string {
	for range maxKeyDepth {
		name, is := n.Ref()
		if !is {
			return nil
		}
		from, argument := s.source(name)
		if argument == nil {
			if p := s.doc.Parameter(name); p != nil && p.AllowedValues != nil && !p.IsList() {
				return p.AllowedValues.Texts()
			}
			return nil
		}
		s, n = from, argument
	}
	return nil
}
