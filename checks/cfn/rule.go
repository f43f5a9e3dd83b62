package cfn

import "strconv"

// Rule is one entry of Rules.
type Rule struct {
	Name       string
	Entry      Entry
	Condition  *Node // nil: always
	Assertions []Assertion
}

// Assertion is one assertion of a rule.
type Assertion struct {
	Assert      *Node
	Description *Node // nil: none
}

func (b *builder) rules() {
	for _, e := range b.section("Rules").Entries {
		if !b.name(e, "Rules", alphanumeric) {
			continue
		}
		path, body := []string{"Rules", e.Key}, e.Value
		if body.Kind != Map {
			b.wrongKind(body, path, Map)
			continue
		}
		b.keys(body, path, ruleKeys)
		r := &Rule{Name: e.Key, Entry: e, Condition: body.Get("RuleCondition")}
		list := body.Get("Assertions")
		if list == nil || list.Kind != List {
			b.missing(body, path, "Assertions")
			list = &Node{Kind: List}
		}
		for i, item := range list.Items {
			at := append(path, "Assertions", strconv.Itoa(i))
			if item.Get("Assert") == nil {
				b.missing(item, at, "Assert")
				continue
			}
			r.Assertions = append(r.Assertions, Assertion{item.Get("Assert"), item.Get("AssertDescription")})
		}
		b.t.Rules = append(b.t.Rules, r)
	}
}
