package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// addServices adds the services of one endpoint to the NotAction of a region
// lock, where only such are denied: their region is not one that anybody chose.
func addServices(t *statementText, c *iam.Condition, hits []denied) bool {
	if t.NotAction == nil || c == nil || !strings.EqualFold(c.Key(), requestedRegion) {
		return false
	}
	var services []string
	for _, h := range hits {
		service, _, _ := strings.Cut(h.request.need.action.Name, ":")
		if !awsdata.IsGlobal(service) {
			return false
		}
		services = append(services, service+":*")
	}
	slices.Sort(services)
	text, err := encode(append(texts(t.NotAction), slices.Compact(services)...))
	t.NotAction = text
	return err == nil
}

// boundaryRequired says whether a statement denies what is done without a
// permissions boundary. A role that creates roles must not be left out of it: it
// could make itself an administrator.
func boundaryRequired(s *iam.Statement) (boundary string, required bool) {
	for _, c := range s.Conditions() {
		if strings.EqualFold(c.Key(), "iam:PermissionsBoundary") {
			if len(c.Values()) > 0 {
				boundary = c.Values()[0]
			}
			return boundary, true
		}
	}
	return "", false
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
