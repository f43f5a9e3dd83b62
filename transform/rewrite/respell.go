package rewrite

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// rewriter rewrites what survives of a template for the other partition. It
// walks the values as the repair leaves them.
type rewriter struct {
	p *stage
	t *plan.Template
	r *plan.Resource // nil outside Resources
}

// stage is the stage at work.
type stage struct {
	*plan.Model
	*plan.Draft
}

// Rewrite spells what is left of a release as AWS China does.
func Run(m *plan.Model, d *plan.Draft) { (&stage{m, d}).respell() }

// respell goes over every reached template.
func (p *stage) respell() {
	for _, t := range p.Reached {
		for _, r := range t.Resources {
			if r.Gone == nil {
				s := &rewriter{p, t, r}
				s.resourceRules()
				s.visit(r.Props, plan.Spot{})
			}
		}
		s := &rewriter{p: p, t: t}
		syntax.Each(syntax.Get(t.Root, "Resources"), func(key, v *yaml.Node) {
			if strings.HasPrefix(key.Value, "Fn::") { // loops and includes
				s.visit(v, plan.Spot{})
			}
		})
		s.visit(syntax.Get(t.Root, "Transform"), plan.Spot{})
		s.visit(syntax.Get(t.Root, "Fn::Transform"), plan.Spot{})
		syntax.Each(syntax.Get(t.Root, "Globals"), func(section, body *yaml.Node) {
			g := &rewriter{p, t, &plan.Resource{Template: t, ID: "Globals", Type: plan.SamSections[section.Value], Props: body}}
			g.resourceRules()
			g.visit(body, plan.Spot{})
		})
		for _, o := range t.Outputs {
			if o.Lost == nil {
				s.visit(syntax.Get(o.Node, "Value"), plan.Spot{})
				s.visit(syntax.Get(o.Node, "Export"), plan.Spot{})
			}
		}
		syntax.Each(syntax.Get(t.Root, "Parameters"), s.parameter)
		syntax.Each(syntax.Get(t.Root, "Mappings"), s.mappingTable)
		s.regionRows()
	}
}

// visit respells n and what is below it.
func (s *rewriter) visit(n *yaml.Node, at plan.Spot) {
	if n == nil || s.t.Edits.Deleted(n) {
		return
	}
	if now := s.t.Edits.Now(n); now != n {
		if edit.Contains(now, n) {
			s.children(n, at)
			return
		}
		n = now
	}
	if at.Key == "Description" {
		return
	}
	if s.whole(n, at) {
		return
	}
	if fn, ok := syntax.Intrinsic(n); ok {
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

func (s *rewriter) children(n *yaml.Node, at plan.Spot) {
	for i, c := range n.Content {
		switch {
		case n.Kind != yaml.MappingNode:
			s.visit(c, at.Item())
		case i%2 == 1:
			s.visit(c, at.Entry(n.Content[i-1].Value))
		}
	}
}

// visitCall respells the texts inside a function call.
func (s *rewriter) visitCall(fn syntax.Call, at plan.Spot) {
	switch fn.Name {
	case "Ref", "Fn::GetAtt", "Condition", "Fn::GetAZs":
	case "Fn::Sub":
		if sub, ok := syntax.ReadSub(fn.Arg); ok {
			s.text(sub.Text, sub.Text.Value, at)
			if sub.Vars != nil {
				s.children(sub.Vars, at)
			}
		}
	case "Fn::If":
		for i, c := range fn.Arg.Content {
			if i > 0 {
				s.visit(c, at)
			}
		}
	case "Fn::FindInMap":
	case "Fn::Join":
		s.join(fn, at)
	default:
		if fn.Arg.Kind == yaml.ScalarNode && !fn.Short {
			s.visit(fn.Arg, at)
			return
		}
		if inner, ok := syntax.Intrinsic(fn.Arg); ok && !fn.Short {
			s.visitCall(inner, at)
			return
		}
		s.children(fn.Arg, at)
	}
}

// text respells one literal text and replaces it where it changed.
func (s *rewriter) text(n *yaml.Node, before string, at plan.Spot) {
	after, rules := s.spelling(before, at)
	if after == before {
		return
	}
	s.t.Edits.SetValue(n, after)
	s.rewrote(n, before, after, strings.Join(rules, ", "))
}

// literalSub replaces a Fn::Sub that has nothing left to substitute once it is
// respelt by the text itself.
func (s *rewriter) literalSub(n *yaml.Node, fn syntax.Call, at plan.Spot) bool {
	if fn.Name != "Fn::Sub" {
		return false
	}
	sub, ok := syntax.ReadSub(fn.Arg)
	if !ok || sub.Vars != nil || len(syntax.Variables(sub.Text.Value)) == 0 {
		return false
	}
	after, rules := s.spelling(sub.Text.Value, at)
	if strings.Contains(after, "${") {
		return false
	}
	s.replaceText(n, sub.Text.Value, after, strings.Join(rules, ", "))
	return true
}

func (s *rewriter) rewrote(n *yaml.Node, before, after, rule string) {
	s.p.Rewrote(s.t, n, before, after, rule)
}

// spelling applies the rules for texts, in order.
func (s *rewriter) spelling(text string, at plan.Spot) (string, []string) {
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
	apply func(s *rewriter, text string, at plan.Spot) string
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
