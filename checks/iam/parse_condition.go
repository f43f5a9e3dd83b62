package iam

import "strings"

func (p *parser) conditions(n *node) error {
	if n.kind != nodeObject {
		return p.fail(n.start, "Condition", "want an object of operators")
	}
	for i := range n.members {
		m := &n.members[i]
		key := "Condition." + m.key
		op, ok := parseOperator(m.key)
		if !ok {
			return p.fail(m.start, key, "no such condition operator is known")
		}
		if m.value.kind != nodeObject {
			return p.fail(m.value.start, key, "want an object of condition keys")
		}
		if len(m.value.members) == 0 {
			return p.fail(m.value.start, key, "the operator has no condition key")
		}
		for j := range m.value.members {
			if err := p.condition(op, m.key, &m.value.members[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *parser) condition(op operator, operatorText string, m *member) error {
	key := "Condition." + operatorText + "." + m.key
	if strings.TrimSpace(m.key) == "" {
		return p.fail(m.start, key, "the condition key is empty")
	}
	values := []string{}
	for _, item := range m.value.list() {
		if item.kind != nodeString && item.kind != nodeScalar {
			return p.fail(item.start, key, "want text, a number, true or false, or a list of them")
		}
		values = append(values, item.text)
	}
	c := newCondition(op, operatorText, m.key, strings.ToLower(m.key), values, p.variables)
	p.statement.conditions = append(p.statement.conditions, c)
	return nil
}
