package cases

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
)

// checkNames refuses a resource or principal that AWS would never see as one: a
// bare name, which no policy matches, must not pass for a resource.
func checkNames(resource, principal string) error {
	if resource != "*" && !isARN(resource) {
		return fmt.Errorf("resource: %q is no ARN: want arn:partition:service:region:account:resource, or * for an action without resource types", resource)
	}
	if !isPrincipal(principal) {
		return fmt.Errorf("principal: %q is no principal: want the ARN of a role, session or user, an account id, or a service principal such as events.amazonaws.com", principal)
	}
	return nil
}

// isARN says whether a text has the six parts of an ARN, the last one filled.
func isARN(text string) bool {
	a, whole := arn.Parse(text)
	return whole && a.Partition != "" && a.Service != "" && a.Resource != ""
}

func isPrincipal(text string) bool {
	if isAccount(text) {
		return true
	}
	if !strings.Contains(text, ":") {
		return (strings.HasSuffix(text, ".amazonaws.com") || strings.HasSuffix(text, ".amazonaws.com.cn")) && !strings.ContainsAny(text, "*?/ ")
	}
	a, _ := arn.Parse(text)
	if !isARN(text) || !isAccount(a.Account) || strings.ContainsAny(text, "*?") {
		return false
	}
	kind, name, _ := strings.Cut(a.Resource, "/")
	switch a.Service + ":" + kind {
	case "iam:root":
		return true
	case "iam:user", "iam:role", "sts:federated-user":
		return name != ""
	case "sts:assumed-role":
		role, session, _ := strings.Cut(name, "/")
		return role != "" && session != ""
	}
	return false
}

func isAccount(text string) bool { return len(text) == 12 && strings.Trim(text, "0123456789") == "" }
