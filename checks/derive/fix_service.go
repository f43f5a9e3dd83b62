package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// leaveOut takes whole services out of what a statement denies.
func leaveOut(t *statementText, services []string) bool {
	list := texts(t.Action)
	switch {
	case t.NotAction != nil:
		text, err := encode(append(texts(t.NotAction), services...))
		t.NotAction = text
		return err == nil
	case slices.Contains(list, "*"):
		text, err := encode(services)
		t.Action, t.NotAction = nil, text
		return err == nil
	}
	left := slices.DeleteFunc(slices.Clone(list), func(a string) bool {
		return slices.ContainsFunc(services, func(s string) bool { return strings.EqualFold(a, s) })
	})
	text, err := encode(left)
	t.Action = text
	return err == nil && len(left) > 0
}

// boundaryRequired says whether a statement denies what is done without a
// permissions boundary, and which it asks for: none where any will do. A role that
// creates roles must not be left out of it: it could make itself an administrator.
func boundaryRequired(s *iam.Statement) (boundaries []string, required bool) {
	for _, c := range s.Conditions() {
		if !strings.EqualFold(c.Key(), "iam:PermissionsBoundary") {
			continue
		}
		switch {
		case c.Negated():
			boundaries, required = append(boundaries, c.Values()...), true
		case strings.EqualFold(c.Operator(), "Null"):
			required = required || slices.Contains(c.Values(), "true")
		}
	}
	return boundaries, required
}

func boundaryAdvice(boundaries []string) string {
	which := "a permissions boundary, which the statement requires (property PermissionsBoundary)."
	if len(boundaries) > 0 {
		which = "the permissions boundary that the statement requires (property PermissionsBoundary): " + strings.Join(boundaries, " or ") + "."
	}
	return "Give the roles of the release " + which + " An exemption would let the deployment role create administrators."
}

// managedBy names the service that manages a policy and undoes changes to it.
func managedBy(p *iam.Policy, title string) string {
	controlTower := strings.HasPrefix(title, "aws-guardrails-") || strings.HasPrefix(p.Name(), "aws-guardrails-") || strings.Contains(p.Name(), "/aws-guardrails-") ||
		slices.ContainsFunc(p.Statements(), func(s iam.Statement) bool {
			return strings.HasPrefix(s.Sid(), "GR") && strings.ToUpper(s.Sid()) == s.Sid()
		})
	if controlTower {
		return "AWS Control Tower"
	}
	return ""
}
