package iam

// Policies is everything that applies to a request.
type Policies struct {
	// Identity are the principal's own policies, group policies included.
	Identity []*Policy
	// Administrator says that the principal's identity policies allow every
	// action, whatever Identity holds.
	Administrator bool
	// SCPs are the service control policies of the principal's account, one
	// slice a level from the root to the account. None at all means that the
	// account is in no organization; a level without policy allows nothing.
	SCPs [][]*Policy
	// RCPs are the resource control policies of the resource's account. AWS
	// attaches RCPFullAWSAccess to every level, so these can only deny.
	RCPs [][]*Policy
	// Boundary is the permissions boundary, Session the session policies; empty
	// means that there is none.
	Boundary []*Policy
	Session  []*Policy
	// Resource is the policy of the resource, with ResourceUnread where it may
	// have one that could not be read.
	Resource       []*Policy
	ResourceUnread bool
}

// bounded says whether the principal has a permissions boundary.
func (p *Policies) bounded() bool { return len(p.Boundary) > 0 }

// outcome is what the statements of one layer, or one level, say together.
type outcome struct {
	deny    truth
	denier  *Statement
	allow   truth // by any statement
	grant   truth // by one that names the role or everyone, or more closely
	direct  truth // by one that names the user, the session or everyone
	granter *Statement
}

func scan(policies []*Policy, q *Query, bounded bool) outcome {
	var o outcome
	for _, p := range policies {
		for i := range p.statements {
			s := &p.statements[i]
			result, closeness := s.match(q, bounded)
			if result == no {
				continue
			}
			if s.deny {
				if result > o.deny {
					o.deny, o.denier = result, s
				}
				continue
			}
			if result > o.allow {
				o.allow, o.granter = result, s
			}
			if closeness >= gradeRole {
				o.grant = or(o.grant, result)
			}
			if closeness >= gradeDirect {
				o.direct = or(o.direct, result)
			}
		}
	}
	return o
}
