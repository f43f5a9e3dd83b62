package rewrite

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// principal writes a service principal as AWS China takes it. One that is right
// stays as it was written.
func (s *rewriter) principal(n *cfn.Node, text string, at plan.Spot) bool {
	if !strings.Contains(text, ".") || !s.namesPrincipal(at) {
		return false
	}
	after := s.principalInChina(text, at)
	if after == text {
		_, is := china.ParsePrincipal(text)
		return is && !n.IsScalar() // its parts are no hosts
	}
	if n.IsCall("Fn::Join") {
		if s.lastPart(n, text, after) {
			return true
		}
		after = strings.ReplaceAll(after, "${AWS::Region}", s.p.Options.Region)
	}
	s.replaceText(n, text, after, "service-principal")
	return true
}

// namesPrincipal tells the places that name a service or identity provider: the
// elements of a principal, and conditions about the service that a role is for.
func (s *rewriter) namesPrincipal(at plan.Spot) bool {
	return at.Principal && (at.Key == "Service" || at.Key == "Federated") || inCondition(at) ||
		s.r != nil && s.r.Type == "AWS::Lambda::Permission" && at.Path == "/Principal"
}

func inCondition(at plan.Spot) bool {
	return strings.HasSuffix(at.Key, "PassedToService") || strings.HasSuffix(at.Key, "AWSServiceName")
}

func (s *rewriter) principalInChina(text string, at plan.Spot) string {
	if at.Key == "Federated" {
		if after, ok := china.Federated(text, s.p.Options.Region); ok {
			return after
		}
		return text
	}
	p, ok := china.ParsePrincipal(text)
	if !ok {
		return text
	}
	if at.Principal {
		for _, use := range s.roleUses() {
			if after, ok := p.For(use.typ, use.property); ok {
				return after
			}
		}
	}
	if p.Right() {
		return text
	}
	return p.In(s.p.Options.Region)
}

type roleUse struct{ typ, property string }

// roleUses are the properties of the template that name the resource as their
// role, of those types for which it matters.
func (s *rewriter) roleUses() []roleUse {
	if s.r == nil || s.r.Type != "AWS::IAM::Role" {
		return nil
	}
	var out []roleUse
	for _, row := range china.Principals() {
		for _, use := range row.Roles {
			for _, r := range s.t.Resources {
				if r.Gone == nil && r.Type == use.Type && plan.ReferredIn(r.Props.Get(use.Property))[s.r.ID] {
					out = append(out, roleUse{use.Type, use.Property})
				}
			}
		}
	}
	return out
}

// lastPart changes only the end of a Fn::Join where that is all that differs.
func (s *rewriter) lastPart(n *cfn.Node, before, after string) bool {
	_, parts, _ := plan.JoinOf(n)
	last := parts.Items[len(parts.Items)-1]
	head, is := strings.CutSuffix(before, last.Text)
	tail, same := strings.CutPrefix(after, head)
	if !last.IsScalar() || !is || !same {
		return false
	}
	s.t.Edits.SetValue(last, tail)
	s.rewrote(last, last.Text, tail, "service-principal")
	return true
}

// principals writes a list of them. A condition keeps both forms of a service
// where it lists both; in a principal, which may hold only what exists, the
// wrong one goes.
func (s *rewriter) principals(list *cfn.Node, at plan.Spot) {
	texts := make([]string, len(list.Items))
	for i, item := range list.Items {
		texts[i], _ = plan.Flatten(item)
	}
	for i, item := range list.Items {
		after := s.principalInChina(texts[i], at)
		switch {
		case texts[i] == "" || after == texts[i] || !slices.Contains(texts, after):
			s.visit(item, at.Item())
		case !inCondition(at):
			s.t.Edits.Delete(item)
			s.p.Change(s.t, item, "remove", "service-principal", texts[i]+" is no principal in AWS China; the list has "+after)
		}
	}
}

// conditionKeys renames the condition keys of an identity provider of AWS that
// has another name in China, or whose issuer is a host that is another there. A
// key that the map has already stays as it is.
func (s *rewriter) conditionKeys(n *cfn.Node) {
	for _, e := range n.Entries {
		after, ok := china.ConditionKey(e.Key, s.p.Options.Region)
		if !ok && strings.Contains(e.Key, ".amazonaws.com/") {
			after = s.respellHosts(e.Key)
			ok = after != e.Key
		}
		if !ok || n.Get(after) != nil || s.t.Edits.Deleted(e.Value) {
			continue
		}
		now, _ := s.t.Edits.Now(e.Value)
		s.t.Edits.Delete(e.Value)
		s.t.Edits.Insert(n, after, now.Src)
		s.p.Change(s.t, e.Value, "rewrite", "service-principal", e.Key+" becomes "+after)
	}
}
