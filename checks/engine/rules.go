package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// The rules that a policy may offer, each a set. Every other name in it must
// begin with an underscore, so that a misspelt `findings` is an error.
const (
	// ruleFinding holds what is wrong.
	ruleFinding = "finding"
	// ruleUndecided holds what may be wrong but cannot be told beforehand.
	ruleUndecided = "undecided"
	// ruleSkipped holds the reasons why the check does not apply here.
	ruleSkipped = "skipped"
	// ruleUnread holds the reasons why what was not read may hold something, where
	// there is no place to point at. Without findings the check is unknown.
	ruleUnread = "unread"
)

var publicNames = []string{ruleFinding, ruleUndecided, ruleSkipped, ruleUnread}

func publicRules(module *ast.Module, file string) (map[string]bool, error) {
	rules := map[string]bool{}
	for _, rule := range module.Rules {
		name := rule.Head.Ref()[0].Value.String()
		switch {
		case strings.HasPrefix(name, "_"):
			continue
		case !slices.Contains(publicNames, name):
			return nil, fmt.Errorf("%s:%d: the rule %q is none of finding, undecided, skipped, unread; begin the name of a helper with an underscore",
				file, rule.Location.Row, name)
		case rule.Head.RuleKind() != ast.MultiValue:
			return nil, fmt.Errorf("%s:%d: %q must be a set: write `%s contains … if`", file, rule.Location.Row, name, name)
		}
		rules[name] = true
	}
	if !rules[ruleFinding] && !rules[ruleUndecided] {
		return nil, fmt.Errorf("%s: the policy has no rule named finding or undecided, so it could only pass", file)
	}
	return rules, nil
}
