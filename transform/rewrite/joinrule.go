package rewrite

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// join respells the parts of a Fn::Join. An ARN that is joined with colons has
// its partition in a part of its own.
func (s *rewriter) join(n *cfn.Node, at plan.Spot) {
	in := n.Arg().List(2, 2)
	if in == nil {
		return
	}
	glue, parts := in[0], in[1]
	if parts.Kind != cfn.List {
		s.visit(parts, at)
		return
	}
	if glue.Is(":") && len(parts.Items) > 2 && parts.Items[0].Is("arn") && parts.Items[1].Is("aws") {
		s.t.Edits.SetValue(parts.Items[1], "aws-cn")
		s.rewrote(parts.Items[1], "aws", "aws-cn", "partition")
	}
	if s.joinedHost(n, glue, parts, at) {
		return
	}
	outer := s.before
	defer func() { s.before = outer }()
	for i, c := range parts.Items {
		s.before = joined(glue, parts.Items[:i])
		s.visit(c, at)
	}
}

// joinedHost writes a joined text anew as a whole where a host in it changes
// over more than one part, as s3- and the region do.
func (s *rewriter) joinedHost(n, glue, parts *cfn.Node, at plan.Spot) bool {
	text, ok := plan.Flatten(n)
	if !ok || !strings.Contains(text, "amazonaws.com") || !onlyTexts(parts) {
		return false
	}
	after := endpointRule(s, text, at)
	if after == text {
		return false
	}
	var b strings.Builder
	outer := s.before
	defer func() { s.before = outer }()
	for i, c := range parts.Items {
		part, _ := plan.Flatten(c)
		s.before = joined(glue, parts.Items[:i])
		if c.IsScalar() {
			part = endpointRule(s, part, at)
		}
		if i > 0 {
			b.WriteString(glue.Text)
		}
		b.WriteString(part)
	}
	if b.String() == after {
		return false // part by part comes to the same
	}
	s.before = outer
	after, rules := s.spelling(text, at)
	s.replaceText(n, text, after, strings.Join(rules, ", "))
	return true
}

// onlyTexts tells whether the parts are texts and names, so that a Fn::Sub says
// the same.
func onlyTexts(parts *cfn.Node) bool {
	for _, c := range parts.Items {
		if !c.IsScalar() && !c.IsCall("Ref") && !c.IsCall("Fn::GetAtt") || strings.Contains(c.Text, "${") {
			return false
		}
	}
	return true
}

// joined is what parts of a Fn::Join put before the next one, with ${x} for what
// only deployment knows.
func joined(glue *cfn.Node, parts []*cfn.Node) string {
	var b strings.Builder
	for _, c := range parts {
		text, ok := plan.Flatten(c)
		if !ok {
			text = "${x}"
		}
		b.WriteString(text)
		b.WriteString(glue.Text)
	}
	return b.String()
}
