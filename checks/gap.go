package checks

import (
	"slices"
	"strings"
)

// Gap is a fact that could not be read, and why. It makes every check unknown
// that reads the fact, anything inside it, or anything it lies inside.
type Gap struct {
	// Fact is the dotted path of the fact in Facts, `organizations.policies`.
	Fact string `json:"fact"`
	// Reason is what was answered: AccessDenied, Throttled, Timeout, …
	Reason string `json:"reason"`
	// Action is the IAM action that would have read it, when it was denied.
	Action string `json:"action"`
}

// Absent is a fact that this run did not ask for: live facts under --offline,
// the release when no template was given. Its checks are skipped and counted.
type Absent struct {
	Fact   string `json:"fact"`
	Reason string `json:"reason"`
}

// Overlap reports whether one dotted path contains the other.
func Overlap(a, b string) bool {
	return a == b || strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".")
}

// AddGap records that a fact could not be read. The same gap is kept once.
func (f *Facts) AddGap(fact, reason, action string) {
	g := Gap{Fact: fact, Reason: reason, Action: action}
	if !slices.Contains(f.Gaps, g) {
		f.Gaps = append(f.Gaps, g)
	}
}

// SetAbsent records that a fact was not asked for in this run.
func (f *Facts) SetAbsent(fact, reason string) {
	f.Absent = append(f.Absent, Absent{Fact: fact, Reason: reason})
}
