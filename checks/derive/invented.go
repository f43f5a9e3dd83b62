package derive

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// invented lists the actions in policies that no service has. A name with
// wildcards is one when nothing matches it.
func (n *Needs) invented(policies []*iam.Policy) ([]checks.InventedAction, error) {
	var out []checks.InventedAction
	for _, p := range policies {
		for i := range p.Statements() {
			s := &p.Statements()[i]
			names, inverted := s.Actions()
			for _, name := range names {
				exists, err := n.exists(name)
				if err != nil {
					return nil, fmt.Errorf("look up %s: %w", name, err)
				}
				if exists {
					continue
				}
				meant, _ := n.tables.Alias(name)
				effect := "Allow"
				if s.Denies() {
					effect = "Deny"
				}
				out = append(out, checks.InventedAction{
					Policy: p.Name(), Statement: label(s), Line: s.Line(), Action: name, Effect: effect, Inverted: inverted, Meant: meant,
				})
			}
		}
	}
	return out, nil
}

func (n *Needs) exists(name string) (bool, error) {
	prefix, _, ok := strings.Cut(name, ":")
	if !ok || strings.ContainsAny(prefix, "*?") {
		return true, nil
	}
	return n.tables.Exists(name, globMatches)
}

// globMatches compares with "*" for any text and "?" for any character.
func globMatches(glob, s string) bool {
	star, mark := -1, 0
	i, j := 0, 0
	for j < len(s) {
		switch {
		case i < len(glob) && (glob[i] == '?' || glob[i] == s[j] && glob[i] != '*'):
			i, j = i+1, j+1
		case i < len(glob) && glob[i] == '*':
			star, mark = i, j
			i++
		case star >= 0:
			mark++
			i, j = star+1, mark
		default:
			return false
		}
	}
	for i < len(glob) && glob[i] == '*' {
		i++
	}
	return i == len(glob)
}
