package iam

import "strings"

func (p *parser) readStatement(n *node) error {
	s := &p.statement
	if n.kind != nodeObject {
		return p.fail(n.start, "", "a statement is a JSON object")
	}
	s.line, s.start, s.end = lineAt(p.policy.doc, n.start), n.start, n.end
	if sid := n.member("Sid"); sid != nil {
		if sid.kind != nodeString {
			return p.fail(sid.start, "Sid", "want text")
		}
		s.sid = sid.text
	}
	for i := range n.members {
		if err := p.element(&n.members[i]); err != nil {
			return err
		}
	}
	return p.complete(n)
}

func (p *parser) element(m *member) error {
	switch m.key {
	case "Sid":
		return nil
	case "Effect":
		return p.effect(&m.value)
	case "Action", "NotAction":
		return p.actions(m)
	case "Resource", "NotResource":
		return p.resources(m)
	case "Principal", "NotPrincipal":
		return p.principals(m)
	case "Condition":
		return p.conditions(&m.value)
	}
	return p.fail(m.start, m.key, "a statement has no such element")
}

func (p *parser) effect(n *node) error {
	if n.kind != nodeString || n.text != "Allow" && n.text != "Deny" {
		return p.fail(n.start, "Effect", `want "Allow" or "Deny", have %s`, quote(n.text))
	}
	p.statement.deny = n.text == "Deny"
	return nil
}

// complete refuses a statement that lacks an element or has two that exclude
// each other.
func (p *parser) complete(n *node) error {
	if n.member("Effect") == nil {
		return p.fail(n.start, "Effect", "the statement has none")
	}
	for _, pair := range [...][2]string{{"Action", "NotAction"}, {"Resource", "NotResource"}, {"Principal", "NotPrincipal"}} {
		one, other := n.member(pair[0]), n.member(pair[1])
		if one != nil && other != nil {
			return p.fail(other.start, pair[1], "the statement has %s, too", pair[0])
		}
		if one == nil && other == nil && p.requires(pair[0]) {
			return p.fail(n.start, pair[0], "the statement has neither %s nor %s", pair[0], pair[1])
		}
	}
	p.statement.placeholders = p.statement.findPlaceholders()
	if p.policy.kind == RCP && p.statement.principals == nil {
		p.statement.principals = &principals{everyone: true}
	}
	return nil
}

// requires says whether statements of the policy's kind must have an element.
// A trust policy has no Resource: it stands on the role itself.
func (p *parser) requires(element string) bool {
	switch element {
	case "Resource":
		return p.policy.kind != Resource
	case "Principal":
		return p.policy.kind == Resource
	}
	return true
}

// texts reads an element that takes one text or a list of them.
func (p *parser) texts(m *member) ([]string, error) {
	var out []string
	for _, item := range m.value.list() {
		if item.kind != nodeString {
			return nil, p.fail(item.start, m.key, "want text or a list of texts")
		}
		if item.text == "" {
			return nil, p.fail(item.start, m.key, "a value is empty")
		}
		out = append(out, item.text)
	}
	if len(out) == 0 {
		return nil, p.fail(m.start, m.key, "the list is empty")
	}
	return out, nil
}

func (p *parser) actions(m *member) error {
	texts, err := p.texts(m)
	if err != nil {
		return err
	}
	s := &p.statement
	s.actionText, s.notAction = texts, m.key == "NotAction"
	for _, text := range texts {
		if !strings.ContainsAny(text, ":*") {
			return p.fail(m.value.start, m.key, "%s names no service: want service:Action", quote(text))
		}
		s.actions = append(s.actions, compilePattern(strings.ToLower(text)))
	}
	return nil
}

func (p *parser) resources(m *member) error {
	texts, err := p.texts(m)
	if err != nil {
		return err
	}
	s := &p.statement
	s.resourceText, s.notResource = texts, m.key == "NotResource"
	for _, text := range texts {
		s.resources = append(s.resources, compileResource(text, p.variables))
	}
	return nil
}
