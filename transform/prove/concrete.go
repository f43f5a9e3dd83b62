package prove

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// instantiation makes a document without functions: every value that deployment
// decides becomes a text of its own, and gone collects those of what is gone.
type instantiation struct {
	lostIn func(*plan.Template, *yaml.Node) bool
	t      *plan.Template
	world  map[string]bool
	gone   map[string]bool
}

func (c *instantiation) document(n *yaml.Node) any { return c.value(n, "") }

// value returns nil for AWS::NoValue.
func (c *instantiation) value(n *yaml.Node, key string) any {
	if fn, ok := syntax.Intrinsic(n); ok {
		return c.call(n, fn, key)
	}
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if v := c.value(n.Content[i+1], n.Content[i].Value); v != nil {
				m[n.Content[i].Value] = v
			}
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			if v := c.value(item, key); v != nil {
				list = append(list, v)
			}
		}
		return list
	}
	if plan.ForeignValue("", n.Value) != nil {
		return c.lost(n)
	}
	return n.Value
}

func (c *instantiation) call(n *yaml.Node, fn syntax.Call, key string) any {
	if syntax.IsNoValue(n) {
		return nil
	}
	if fn.Name == "Fn::If" && len(fn.Arg.Content) == 3 {
		if c.world[fn.Arg.Content[0].Value] {
			return c.value(fn.Arg.Content[1], key)
		}
		return c.value(fn.Arg.Content[2], key)
	}
	if c.lostIn(c.t, n) {
		return c.lost(n)
	}
	if text, ok := syntax.Flatten(n); ok {
		return c.settled(text, key)
	}
	return "arn:aws:any:::" + fingerprint(n)
}

// lost is the text of a value that denotes nothing: no request is about it.
func (c *instantiation) lost(n *yaml.Node) string {
	text := "arn:aws:gone:::" + fingerprint(n)
	c.gone[text] = true
	return text
}

// settled is a text with something in the place of every variable.
func (c *instantiation) settled(text, key string) string {
	if name, sole := plan.SoleVariable(text); sole && !strings.HasPrefix(name, "AWS::") {
		if key == "AWS" || strings.HasSuffix(key, "PrincipalArn") {
			return "arn:aws:iam::111122223333:role/" + clean(name)
		}
		return "arn:aws:any:::" + clean(name)
	}
	pseudo := strings.NewReplacer("${AWS::Partition}", "aws", "${AWS::Region}", "us-east-1", "${AWS::AccountId}", "111122223333",
		"${AWS::URLSuffix}", "amazonaws.com", "${AWS::StackName}", "stack")
	text = pseudo.Replace(text)
	for _, name := range syntax.Variables(text) {
		text = strings.ReplaceAll(text, "${"+name+"}", clean(name))
	}
	return text
}

func clean(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, name)
}

// fingerprint tells values apart that have no text.
func fingerprint(n *yaml.Node) string {
	h := sha256.New()
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		h.Write([]byte(n.Tag + "\x00" + n.Value + "\x01"))
		for _, c := range n.Content {
			walk(c)
		}
		h.Write([]byte{2})
	}
	walk(n)
	return hex.EncodeToString(h.Sum(nil))[:12]
}
