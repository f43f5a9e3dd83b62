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
			b.at(WrongKind, body, path, e.Key, "a rule is a mapping with Assertions", false)
			continue
		}
		b.keys(body, path, "a rule", ruleKeys)
		r := &Rule{Name: e.Key, Entry: e, Condition: body.Get("RuleCondition")}
		list := body.Get("Assertions")
		if list == nil || list.Kind != List {
			b.at(MissingKey, body, path, "Assertions", "a rule needs a list of Assertions", false)
			list = &Node{Kind: List}
		}
		for i, item := range list.Items {
			at := append(path, "Assertions", strconv.Itoa(i))
			if item.Get("Assert") == nil {
				b.at(MissingKey, item, at, "Assert", "an assertion needs an Assert", false)
				continue
			}
			b.keys(item, at, "an assertion", assertionKeys)
			r.Assertions = append(r.Assertions, Assertion{item.Get("Assert"), item.Get("AssertDescription")})
		}
		b.t.Rules = append(b.t.Rules, r)
	}
}
