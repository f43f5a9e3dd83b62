package iam

import "strings"

// PrincipalContext is the part of a request's context that follows from who
// makes it. It leaves out what only AWS knows, such as tags and the
// organization.
func PrincipalContext(text, rolePath string) map[string]Value {
	p := newPrincipal(text, rolePath)
	keys := map[string]Value{
		"aws:PrincipalArn":          p.arnValue(),
		"aws:PrincipalIsAWSService": Is("false"),
		"aws:PrincipalServiceName":  Is(),
		"aws:username":              Is(),
	}
	if p.account != "" {
		keys["aws:PrincipalAccount"] = Is(p.account)
	}
	switch p.kind {
	case principalRoot:
		keys["aws:PrincipalType"] = Is("Account")
	case principalUser:
		_, name := splitPath(strings.TrimPrefix(p.text[strings.LastIndexByte(p.text, ':')+1:], "user/"))
		keys["aws:PrincipalType"], keys["aws:username"] = Is("User"), Is(name)
	case principalRole, principalSession:
		keys["aws:PrincipalType"] = Is("AssumedRole")
	case principalFederated:
		keys["aws:PrincipalType"] = Is("FederatedUser")
	case principalService:
		// Which of the other keys a service's own call has is not documented.
		return map[string]Value{
			"aws:PrincipalArn": {}, "aws:PrincipalIsAWSService": Is("true"), "aws:PrincipalServiceName": Is(p.text), "aws:username": Is(),
		}
	case principalOther:
		return map[string]Value{"aws:PrincipalArn": p.arnValue()}
	}
	return keys
}
