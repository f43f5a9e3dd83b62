package derive

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// relevance says which condition keys a set of policies looks at, and which
// policies speak of an action at all. Leaving out the rest changes no answer.
type relevance struct {
	all        bool            // a document is written so that its keys cannot be told
	keys       map[string]bool // lower case
	statements map[*iam.Policy][]actionNames
}

type actionNames struct {
	patterns []string // lower case
	inverted bool
}

var variableName = regexp.MustCompile(`\$\{\s*([^},\s]+)`)

func relevant(policies []*iam.Policy) *relevance {
	r := &relevance{keys: map[string]bool{}, statements: map[*iam.Policy][]actionNames{}}
	for _, p := range policies {
		r.all = r.all || bytes.Contains(p.Document(), []byte(`\u`))
		for _, m := range variableName.FindAllSubmatch(p.Document(), -1) {
			r.keys[strings.ToLower(string(m[1]))] = true
		}
		for i := range p.Statements() {
			s := &p.Statements()[i]
			for _, c := range s.Conditions() {
				r.keys[strings.ToLower(c.Key())] = true
			}
			patterns, inverted := s.Actions()
			names := actionNames{inverted: inverted, patterns: make([]string, len(patterns))}
			for i, pattern := range patterns {
				names.patterns[i] = strings.ToLower(pattern)
			}
			r.statements[p] = append(r.statements[p], names)
		}
	}
	return r
}

// key says whether some policy looks at a condition key. One that speaks for a
// family of keys always counts.
func (r *relevance) key(name string) bool {
	return r.all || strings.HasSuffix(name, "*") || r.keys[strings.ToLower(name)]
}

// about keeps the policies that have a statement for the action, at the level
// where they are.
func (r *relevance) about(action string, levels [][]*iam.Policy) [][]*iam.Policy {
	action = strings.ToLower(action)
	out := make([][]*iam.Policy, len(levels))
	for i, level := range levels {
		for _, p := range level {
			if slices.ContainsFunc(r.statements[p], func(n actionNames) bool { return n.names(action) }) {
				out[i] = append(out[i], p)
			}
		}
	}
	return out
}

func (n *actionNames) names(action string) bool {
	found := slices.ContainsFunc(n.patterns, func(p string) bool { return globMatches(p, action) })
	return found != n.inverted
}
