package prove

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// instantiation makes a document without functions: every value that deployment
// decides becomes a text of its own, and gone collects those of what is gone.
type instantiation struct {
	lostIn func(*plan.Template, *cfn.Node) bool
	t      *plan.Template
	world  map[string]bool
	gone   map[string]bool
}

func (c *instantiation) document(n *cfn.Node) any { return c.value(n, "") }

// value returns nil for AWS::NoValue.
func (c *instantiation) value(n *cfn.Node, key string) any {
	switch n.Kind {
	case cfn.Call:
		return c.call(n, key)
	case cfn.Map:
		m := map[string]any{}
		for _, e := range n.Entries {
			if v := c.value(e.Value, e.Key); v != nil {
				m[e.Key] = v
			}
		}
		return m
	case cfn.List:
		list := []any{}
		for _, item := range n.Items {
			if v := c.value(item, key); v != nil {
				list = append(list, v)
			}
		}
		return list
	}
	if plan.ForeignValue("", n.Text) != nil {
		return c.lost(n)
	}
	return n.Text
}

func (c *instantiation) call(n *cfn.Node, key string) any {
	if n.IsNoValue() {
		return nil
	}
	if condition, yes, no, ok := plan.IfOf(n); ok {
		if c.world[condition.Name()] {
			return c.value(yes, key)
		}
		return c.value(no, key)
	}
	if c.lostIn(c.t, n) {
		return c.lost(n)
	}
	if text, ok := plan.Flatten(n); ok {
		return c.settled(text, key)
	}
	return "arn:aws:any:::" + fingerprint(n)
}

// lost is the text of a value that denotes nothing: no request is about it.
func (c *instantiation) lost(n *cfn.Node) string {
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
	for _, name := range cfn.Variables(text) {
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
func fingerprint(n *cfn.Node) string {
	h := sha256.New()
	var walk func(n *cfn.Node)
	walk = func(n *cfn.Node) {
		fmt.Fprintf(h, "%s\x00%s\x01", n.Func, n.Text)
		for _, e := range n.Entries {
			fmt.Fprintf(h, "%s\x02", e.Key)
			walk(e.Value)
		}
		for _, item := range n.Items {
			walk(item)
		}
		h.Write([]byte{3})
	}
	walk(n)
	return hex.EncodeToString(h.Sum(nil))[:12]
}
