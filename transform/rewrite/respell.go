package rewrite

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// rewriter rewrites what survives of a template for the other partition. It
// walks the values as the repair leaves them.
type rewriter struct {
	p *stage
	t *plan.Template
	r *plan.Resource // nil outside Resources

	before string // what a Fn::Join puts before the text that is respelt
}

// stage is the stage at work.
type stage struct {
	*plan.Model
	*plan.Draft
}

// Run spells what is left of a release as AWS China does.
func Run(m *plan.Model, d *plan.Draft) { (&stage{m, d}).respell() }

// respell goes over every reached template.
func (p *stage) respell() {
	for _, t := range p.Reached {
		for _, r := range t.Resources {
			if r.Gone == nil {
				s := &rewriter{p: p, t: t, r: r}
				s.resourceRules()
				s.visit(r.Props, plan.Spot{})
			}
		}
		s := &rewriter{p: p, t: t}
		for _, e := range t.Section("Resources") {
			if e.IsUnexpanded() {
				s.visit(e.Value, plan.Spot{})
			}
		}
		s.visit(t.Root.Get("Transform"), plan.Spot{})
		s.visit(t.Root.Get("Fn::Transform"), plan.Spot{})
		for _, e := range t.Root.Get("Globals").Pairs() {
			body := e.Value
			g := &rewriter{p: p, t: t, r: &plan.Resource{Template: t, ID: "Globals", Type: plan.SamSections[e.Key], Props: body}}
			g.resourceRules()
			g.visit(body, plan.Spot{})
		}
		for _, o := range t.Outputs {
			if o.Lost == nil {
				s.visit(o.Node.Get("Value"), plan.Spot{})
				s.visit(o.Node.Get("Export"), plan.Spot{})
			}
		}
		for _, e := range t.Section("Parameters") {
			s.parameter(e.Value)
		}
		for _, e := range t.Section("Mappings") {
			s.mappingTable(e.Value)
		}
		s.regionRows()
	}
}

// visit respells n and what is below it.
func (s *rewriter) visit(n *cfn.Node, at plan.Spot) {
	if n == nil || s.t.Edits.Deleted(n) {
		return
	}
	now, inside := s.t.Edits.Now(n)
	if inside {
		s.children(n, at)
		return
	}
	n = now
	if at.Key == "Description" {
		return
	}
	if s.whole(n, at) {
		return
	}
	switch {
	case n.IsScalar():
		s.text(n, n.Text, at)
	case n.Kind != cfn.Call || !s.literalSub(n, at):
		s.children(n, at)
	}
}

func (s *rewriter) children(n *cfn.Node, at plan.Spot) {
	switch n.Kind {
	case cfn.Call:
		s.call(n, at)
	case cfn.List:
		if s.namesPrincipal(at) {
			s.principals(n, at)
			return
		}
		for _, item := range n.Items {
			s.visit(item, at.Item())
		}
	case cfn.Map:
		for _, e := range n.Entries {
			s.visit(e.Value, at.Entry(e.Key))
		}
		s.conditionKeys(n)
	}
}

// call respells the texts inside a function call.
func (s *rewriter) call(n *cfn.Node, at plan.Spot) {
	arg := n.Arg()
	switch n.Func {
	case "Ref", "Fn::GetAtt", "Condition", "Fn::GetAZs", "Fn::FindInMap":
	case "Fn::Sub":
		if text, variables, ok := n.Sub(); ok {
			s.text(text, text.Text, at)
			if variables != nil {
				s.children(variables, at)
			}
		}
	case "Fn::If":
		for i, c := range arg.Items {
			if i > 0 {
				s.visit(c, at)
			}
		}
	case "Fn::Join":
		s.join(n, at)
	default:
		if arg.IsScalar() {
			s.visit(arg, at)
			return
		}
		s.children(arg, at)
	}
}

// text respells one literal text and replaces it where it changed.
func (s *rewriter) text(n *cfn.Node, before string, at plan.Spot) {
	after, rules := s.spelling(before, at)
	if after == before {
		return
	}
	s.t.Edits.SetValue(n, after)
	s.rewrote(n, before, after, strings.Join(rules, ", "))
}

// literalSub replaces a Fn::Sub that has nothing left to substitute once it is
// respelt by the text itself.
func (s *rewriter) literalSub(n *cfn.Node, at plan.Spot) bool {
	text, variables, ok := n.Sub()
	if !ok || variables != nil || len(cfn.Variables(text.Text)) == 0 {
		return false
	}
	after, rules := s.spelling(text.Text, at)
	if strings.Contains(after, "${") {
		return false
	}
	s.replaceText(n, text.Text, after, strings.Join(rules, ", "))
	return true
}

func (s *rewriter) rewrote(n *cfn.Node, before, after, rule string) {
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
	{"managed-policy", managedPolicyRule},
	{"twin", twinRule},
	{"twin", twinAccount},
	{"partition", partitionRule},
	{"console", consoleRule},
	{"hosted-zone", zoneRule},
	{"endpoint", endpointRule},
}
