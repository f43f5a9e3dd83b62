package iam

// exemptFromSCP says whether service control policies leave the principal
// alone: every principal of the management account, service-linked roles, and
// services acting as themselves. The root user of a member account is not
// exempt, nor is a role that a service assumes.
func (q *Query) exemptFromSCP() truth {
	if q.request.ManagementAccount || q.principal.kind == principalService {
		return yes
	}
	return q.principal.serviceLinked()
}

// rcpApplies says whether resource control policies speak for the request: not
// for services without support for them, not for resources of the management
// account, not for service-linked roles.
func (p *Policies) rcpApplies(q *Query) truth {
	if len(p.RCPs) == 0 || !supportsRCP(q.service) || q.request.ManagementAccount && !q.crossAccount() {
		return no
	}
	return not(q.principal.serviceLinked())
}

// undeniable says that no policy is asked: sts:GetCallerIdentity needs no
// permission, and a policy that denies it does not.
func (q *Query) undeniable() bool { return q.action == "sts:getcalleridentity" }

// crossAccount says whether the resource is another account's than the
// principal's. A service acts in the account that its call is for.
func (q *Query) crossAccount() bool {
	owner := q.request.ResourceAccount
	return owner != "" && q.principal.account != "" && owner != q.principal.account
}

// resourcePolicyDecides says whether the resource policy must allow even in
// one account: a key policy and a role's trust policy do, for the tags and the
// source identity of a session as well.
func (q *Query) resourcePolicyDecides() bool {
	if q.service == "kms" {
		return true
	}
	switch q.action {
	case "sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:tagsession", "sts:setsourceidentity":
		return true
	}
	return false
}
