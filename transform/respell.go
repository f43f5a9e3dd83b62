package transform

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// speller rewrites what survives of a template for the other partition. It
// walks the values as the repair leaves them.
type speller struct {
	p *pass
	t *template
	r *resource // nil outside Resources
}

// spot is where a value stands.
type spot struct {
	path      string // below the properties, list items as *
	key       string // the last key on the way
	principal bool   // inside a Principal element
}

func (s spot) entry(key string) spot {
	return spot{s.path + "/" + key, key, s.principal || key == "Principal" || key == "NotPrincipal"}
}

func (s spot) item() spot { return spot{s.path + "/*", s.key, s.principal} }

// respell goes over every reached template.
func (p *pass) respell() {
	for _, t := range p.reached {
		for _, r := range t.resources {
			if r.gone == nil {
				s := &speller{p, t, r}
				s.resourceRules()
				s.visit(r.props, spot{})
			}
		}
		s := &speller{p: p, t: t}
		each(get(t.root, "Resources"), func(key, v *yaml.Node) {
			if strings.HasPrefix(key.Value, "Fn::") { // loops and includes
				s.visit(v, spot{})
			}
		})
		s.visit(get(t.root, "Transform"), spot{})
		s.visit(get(t.root, "Fn::Transform"), spot{})
		each(get(t.root, "Globals"), func(section, body *yaml.Node) {
			g := &speller{p, t, &resource{t: t, id: "Globals", typ: samSections[section.Value], props: body}}
			g.resourceRules()
			g.visit(body, spot{})
		})
		for _, o := range t.outputs {
			if o.lost == nil {
				s.visit(get(o.node, "Value"), spot{})
				s.visit(get(o.node, "Export"), spot{})
			}
		}
		each(get(t.root, "Parameters"), s.parameter)
		each(get(t.root, "Mappings"), s.mappingTable)
		s.regionRows()
	}
}

// visit respells n and what is below it.
func (s *speller) visit(n *yaml.Node, at spot) {
	if n == nil || s.t.edits.Deleted(n) {
		return
	}
	if now := s.t.edits.Now(n); now != n {
		if containsNode(now, n) {
			s.children(n, at)
			return
		}
		n = now
	}
	if at.key == "Description" {
		return
	}
	if s.whole(n, at) {
		return
	}
	if fn, ok := intrinsic(n); ok {
		if !s.literalSub(n, fn, at) {
			s.visitCall(fn, at)
		}
		return
	}
	if n.Kind == yaml.ScalarNode {
		s.text(n, n.Value, at)
		return
	}
	s.children(n, at)
}

func containsNode(tree, n *yaml.Node) bool {
	for _, c := range tree.Content {
		if c == n || containsNode(c, n) {
			return true
		}
	}
	return false
}

func (s *speller) children(n *yaml.Node, at spot) {
	for i, c := range n.Content {
		switch {
		case n.Kind != yaml.MappingNode:
			s.visit(c, at.item())
		case i%2 == 1:
			s.visit(c, at.entry(n.Content[i-1].Value))
		}
	}
}

// visitCall respells the texts inside a function call.
func (s *speller) visitCall(fn call, at spot) {
	switch fn.name {
	case "Ref", "Fn::GetAtt", "Condition", "Fn::GetAZs":
	case "Fn::Sub":
		if sub, ok := readSub(fn.arg); ok {
			s.text(sub.text, sub.text.Value, at)
			if sub.vars != nil {
				s.children(sub.vars, at)
			}
		}
	case "Fn::If":
		for i, c := range fn.arg.Content {
			if i > 0 {
				s.visit(c, at)
			}
		}
	case "Fn::FindInMap":
	case "Fn::Join":
		s.join(fn, at)
	default:
		if fn.arg.Kind == yaml.ScalarNode && !fn.short {
			s.visit(fn.arg, at)
			return
		}
		if inner, ok := intrinsic(fn.arg); ok && !fn.short {
			s.visitCall(inner, at)
			return
		}
		s.children(fn.arg, at)
	}
}

// text respells one literal text and replaces it where it changed.
func (s *speller) text(n *yaml.Node, before string, at spot) {
	after, rules := s.spelling(before, at)
	if after == before {
		return
	}
	s.t.edits.SetValue(n, after)
	s.rewrote(n, before, after, strings.Join(rules, ", "))
}

// literalSub replaces a Fn::Sub that has nothing left to substitute once it is
// respelt by the text itself.
func (s *speller) literalSub(n *yaml.Node, fn call, at spot) bool {
	if fn.name != "Fn::Sub" {
		return false
	}
	sub, ok := readSub(fn.arg)
	if !ok || sub.vars != nil || len(variables(sub.text.Value)) == 0 {
		return false
	}
	after, rules := s.spelling(sub.text.Value, at)
	if strings.Contains(after, "${") {
		return false
	}
	s.replaceText(n, sub.text.Value, after, strings.Join(rules, ", "))
	return true
}

func (s *speller) rewrote(n *yaml.Node, before, after, rule string) {
	s.p.change(s.t, n, "rewrite", rule, fmt.Sprintf("%s becomes %s", shorten(before), shorten(after)))
	s.p.result.Rewritten = append(s.p.result.Rewritten, Rewrite{File: s.t.file, Path: s.t.path(n), From: before, To: after, Rule: rule, Line: n.Line})
}

// shorten makes a text fit a line of a report.
func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 160 {
		return text[:157] + "..."
	}
	return text
}

// spelling applies the rules for texts, in order.
func (s *speller) spelling(text string, at spot) (string, []string) {
	var rules []string
	for _, rule := range textRules {
		if after := rule.apply(s, text, at); after != text {
			text = after
			rules = append(rules, rule.name)
		}
	}
	return text, rules
}

type textRule struct {
	name  string
	apply func(s *speller, text string, at spot) string
}

// textRules are the rewrites of a text that need to know nothing but the text
// and its place.
var textRules = []textRule{
	{"asset-url", assetRule},
	{"service-principal", principalRule},
	{"managed-policy", managedPolicyRule},
	{"layer-account", layerRule},
	{"partition", partitionRule},
	{"console", consoleRule},
	{"hosted-zone", zoneRule},
	{"endpoint", endpointRule},
}
