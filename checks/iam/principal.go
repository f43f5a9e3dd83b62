package iam

import "strings"

type principalKind uint8

const (
	principalOther principalKind = iota
	principalRoot
	principalUser
	principalRole
	principalSession
	principalFederated
	principalService
)

// principal is who makes the request.
type principal struct {
	kind      principalKind
	text      string
	partition string
	account   string
	role      string // name of the role, of a role or a session
	path      string // path of the role, "" when not known
}

const serviceLinkedPath = "/aws-service-role/"

func newPrincipal(text, rolePath string) principal {
	p := principal{text: text}
	if isAccountID(text) {
		p.kind, p.partition, p.account = principalRoot, "aws", text
		p.text = "arn:aws:iam::" + text + ":root"
		return p
	}
	parts, ok := splitARN(text)
	if !ok {
		if isServicePrincipal(text) {
			p.kind = principalService
		}
		return p
	}
	p.partition, p.account = parts[1], parts[4]
	kind, rest, _ := strings.Cut(parts[5], "/")
	switch parts[2] + ":" + kind {
	case "iam:root":
		p.kind = principalRoot
	case "iam:user":
		p.kind = principalUser
	case "iam:role":
		p.kind = principalRole
		p.path, p.role = splitPath(rest)
	case "sts:assumed-role":
		p.kind = principalSession
		p.role, _, _ = strings.Cut(rest, "/")
		p.path = cleanPath(rolePath)
	case "sts:federated-user":
		p.kind = principalFederated
	}
	return p
}

// takesBoundary says whether a permissions boundary may be set for the principal.
func (p *principal) takesBoundary() bool {
	return p.kind == principalUser || p.kind == principalRole || p.kind == principalSession || p.kind == principalFederated
}

// splitPath splits "team/ci/Deployer" into "/team/ci/" and "Deployer".
func splitPath(s string) (path, name string) {
	i := strings.LastIndexByte(s, '/')
	return "/" + s[:i+1], s[i+1:]
}

func cleanPath(path string) string {
	if path == "" {
		return ""
	}
	if trimmed := strings.Trim(path, "/"); trimmed != "" {
		return "/" + trimmed + "/"
	}
	return "/"
}

func isAccountID(s string) bool { return len(s) == 12 && digits(s) }

func isServicePrincipal(s string) bool {
	return strings.HasSuffix(s, ".amazonaws.com") || strings.HasSuffix(s, ".amazonaws.com.cn")
}

// arnValue is aws:PrincipalArn. For a session it is the ARN of the role with
// its path, which the session's own ARN does not hold.
func (p *principal) arnValue() Value {
	switch p.kind {
	case principalService:
		return Value{State: KeyAbsent}
	case principalSession:
		if p.path == "" {
			return Value{State: KeyPresent}
		}
		return Is(p.roleARN())
	case principalOther:
		if !strings.HasPrefix(p.text, "arn:") {
			return Value{State: KeyUnknown}
		}
	}
	return Is(p.text)
}

func (p *principal) roleARN() string {
	return "arn:" + p.partition + ":iam::" + p.account + ":role" + p.path + p.role
}

// serviceLinked says whether the principal is a service-linked role. Their
// names begin alike, and their path is one that nobody else may create.
func (p *principal) serviceLinked() truth {
	switch {
	case p.kind != principalRole && p.kind != principalSession:
		return no
	case p.path != "":
		return truthOf(strings.HasPrefix(p.path, serviceLinkedPath))
	}
	return and(maybe, truthOf(strings.HasPrefix(p.role, "AWSServiceRoleFor")))
}
