package iam

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// maxText is how much text Parse looks at. White space does not count against
// the size of a policy, so a file may be longer than any policy.
const maxText = 4 * maxPolicySize

// Parse compiles a policy document. name, usually a file, stands in errors and
// answers. Whatever AWS would not accept as a policy of the kind is a
// *ParseError; nothing is skipped.
func Parse(name string, kind Kind, doc []byte) (*Policy, error) {
	p := &parser{policy: &Policy{name: name, kind: kind, doc: bytes.Clone(doc)}}
	p.statement = Statement{index: -1}
	if err := p.document(); err != nil {
		return nil, err
	}
	for i := range p.policy.statements {
		p.policy.statements[i].policy = p.policy
	}
	return p.policy, nil
}

// parser holds the place it is at, so that every error can name it.
type parser struct {
	policy    *Policy
	statement Statement // the one being read; index -1 outside
	variables bool      // the Version that has policy variables
}

func (p *parser) fail(at int64, key, format string, args ...any) error {
	return &ParseError{
		Policy: p.policy.name, Line: lineAt(p.policy.doc, at), Statement: p.statement.index, Sid: p.statement.sid,
		Key: key, Message: fmt.Sprintf(format, args...),
	}
}

func (p *parser) document() error {
	if len(p.policy.doc) > maxText {
		return p.fail(0, "", "the text has %d bytes; no policy is that long", len(p.policy.doc))
	}
	p.policy.doc = bytes.TrimPrefix(p.policy.doc, []byte("\ufeff"))
	root, err := readNodes(p.policy.doc)
	if err != nil {
		var bad *nodeError
		if errors.As(err, &bad) {
			return p.fail(bad.offset, bad.key, "%s", bad.message)
		}
		return p.fail(0, "", "%s", err)
	}
	if root.kind != nodeObject {
		return p.fail(root.start, "", "a policy is a JSON object")
	}
	if err := p.size(); err != nil {
		return err
	}
	for _, m := range root.members {
		switch m.key {
		case "Version", "Id", "Statement":
		default:
			return p.fail(m.start, m.key, "a policy has no such element")
		}
	}
	if err := p.version(root.member("Version")); err != nil {
		return err
	}
	return p.statements(&root)
}

func (p *parser) size() error {
	var compact bytes.Buffer
	if err := json.Compact(&compact, p.policy.doc); err != nil {
		return p.fail(0, "", "not JSON: %s", err)
	}
	if size := utf8.RuneCount(compact.Bytes()); size > p.policy.kind.maxSize() {
		return p.fail(0, "", "%s", p.policy.kind.sizeError(size))
	}
	return nil
}

// version reads the Version. Without one AWS takes the older language, in which
// "${" is text.
func (p *parser) version(n *node) error {
	if n == nil {
		return nil
	}
	if n.kind != nodeString || n.text != "2012-10-17" && n.text != "2008-10-17" {
		return p.fail(n.start, "Version", `want "2012-10-17" or "2008-10-17", have %s`, quote(n.text))
	}
	p.variables = n.text == "2012-10-17"
	return nil
}

func (p *parser) statements(root *node) error {
	n := root.member("Statement")
	if n == nil {
		return p.fail(root.start, "Statement", "the policy has none")
	}
	items := n.list()
	if len(items) == 0 && (p.policy.kind == SCP || p.policy.kind == RCP) {
		return p.fail(n.start, "Statement", "the policy has none")
	}
	for i := range items {
		p.statement = Statement{index: i}
		if err := p.readStatement(&items[i]); err != nil {
			return err
		}
		p.policy.statements = append(p.policy.statements, p.statement)
	}
	return nil
}
