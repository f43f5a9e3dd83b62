package cases

import (
	"fmt"
	"strings"
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
	parts := strings.SplitN(text, ":", 6)
	return len(parts) == 6 && parts[0] == "arn" && parts[1] != "" && parts[2] != "" && parts[5] != ""
}

func isPrincipal(text string) bool {
	if isAccount(text) {
		return true
	}
	if !strings.Contains(text, ":") {
		return (strings.HasSuffix(text, ".amazonaws.com") || strings.HasSuffix(text, ".amazonaws.com.cn")) && !strings.ContainsAny(text, "*?/ ")
	}
	if !isARN(text) || !isAccount(part(text, 4)) || strings.ContainsAny(text, "*?") {
		return false
	}
	kind, name, _ := strings.Cut(part(text, 5), "/")
	switch part(text, 2) + ":" + kind {
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
