package iam

func (p *parser) principals(m *member) error {
	if !p.policy.kind.takesPrincipal() {
		return p.fail(m.start, m.key, "a policy of kind %s may not name principals", p.policy.kind)
	}
	ps := &principals{not: m.key == "NotPrincipal"}
	p.statement.principals = ps
	switch {
	case m.value.kind == nodeString && m.value.text == "*":
		ps.everyone = true
	case m.value.kind == nodeObject && len(m.value.members) > 0:
		for i := range m.value.members {
			if err := p.principalClass(ps, m.key, &m.value.members[i]); err != nil {
				return err
			}
		}
	default:
		return p.fail(m.value.start, m.key, `want "*" or an object such as {"AWS": "…"}`)
	}
	if p.policy.kind == RCP && (ps.not || !ps.everyone || len(ps.entries) > 0) {
		return p.fail(m.value.start, m.key, `a policy of kind rcp may have only the Principal "*"`)
	}
	return nil
}

func (p *parser) principalClass(ps *principals, element string, m *member) error {
	switch m.key {
	case "AWS", "Service", "Federated", "CanonicalUser":
	default:
		return p.fail(m.start, element+"."+m.key, "want AWS, Service, Federated or CanonicalUser")
	}
	texts, err := p.texts(&member{key: element + "." + m.key, value: m.value, start: m.start})
	if err != nil {
		return err
	}
	for _, text := range texts {
		if text == "*" && m.key == "AWS" {
			ps.everyone = true
			continue
		}
		ps.entries = append(ps.entries, newPrincipalEntry(m.key, text))
	}
	return nil
}
