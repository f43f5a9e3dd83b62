package checks

import (
	"cmp"
	"slices"
	"strings"
)

// Gap is a fact that could not be read, and why. It makes every check unknown
// that reads the fact, anything inside it, or anything it lies inside; what the
// check finds in records that were read stands all the same where its policy
// says that a part of the fact suffices.
type Gap struct {
	// Fact is the dotted path of the fact in Facts, `organizations.policies`. What
	// is missing of a list stands in brackets: `inventory[AWS::SQS::Queue]`.
	Fact string `json:"fact"`
	// Reason is what was answered: AccessDenied, Throttled, Timeout, …
	Reason string `json:"reason"`
	// Action is the IAM action that would have read it, when it was denied.
	Action string `json:"action"`
	// Told says that the fact itself tells what was not read: the policies that
	// read it weigh that, and none is unknown because of the gap alone.
	Told bool `json:"told,omitempty"`
}

// Why is the reason, with the IAM action that would have read the fact.
func (g Gap) Why() string {
	if g.Action == "" {
		return g.Reason
	}
	return g.Reason + " (" + g.Action + ")"
}

// Absent is a fact that this run did not ask for: live facts under --offline,
// the release when no template was given. Its checks are skipped and counted.
type Absent struct {
	Fact   string `json:"fact"`
	Reason string `json:"reason"`
	// Offline says that a call to AWS would have read it, and --offline makes none.
	Offline bool `json:"offline,omitempty"`
}

// OfflineReason is how the reason of what --offline leaves out ends.
const OfflineReason = "needs live facts, which --offline leaves out"

// SetOffline records that a fact was not asked for because no AWS call is made.
func (f *Facts) SetOffline(fact string) {
	f.Absent = append(f.Absent, Absent{Fact: fact, Reason: OfflineReason, Offline: true})
}

// Overlap reports whether one dotted path contains the other. A part of a list
// is taken for the list.
func Overlap(a, b string) bool {
	return Inside(a, b) || Inside(b, a)
}

// Inside reports whether a path is another one, or lies in it.
func Inside(path, in string) bool {
	path, _, _ = strings.Cut(path, "[")
	in, _, _ = strings.Cut(in, "[")
	return path == in || strings.HasPrefix(path, in+".")
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

// SortGaps orders the gaps, which concurrent collectors leave in any order.
func (f *Facts) SortGaps() {
	slices.SortFunc(f.Gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(a.Fact, b.Fact), cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Action, b.Action))
	})
}

// Inherit passes on that a fact which another is worked out from is missing:
// as a gap where it could not be read, as absent with the given reason where
// nobody asked for it. It says whether the fact is missing. A list of which
// records are missing is not: see InheritParts.
func (f *Facts) Inherit(from, to, absent string) bool {
	missing := false
	for _, g := range slices.Clone(f.Gaps) {
		if _, part := Part(g.Fact); part == "" && Overlap(g.Fact, from) {
			f.AddGap(to, g.Reason, g.Action)
			missing = true
		}
	}
	if missing {
		return true
	}
	for _, a := range f.Absent {
		if Overlap(a.Fact, from) {
			f.Absent = append(f.Absent, Absent{Fact: to, Reason: absent, Offline: a.Offline})
			return true
		}
	}
	return false
}

// Part takes the path of a part of a list apart: the list, and which record. Of
// any other path the record is empty.
func Part(fact string) (list, record string) {
	list, rest, _ := strings.Cut(fact, "[")
	return list, strings.TrimSuffix(rest, "]")
}

// InheritParts passes on which records are missing of a list that another fact
// is worked out from, and names them.
func (f *Facts) InheritParts(from, to string) []string {
	var records []string
	for _, g := range slices.Clone(f.Gaps) {
		if list, record := Part(g.Fact); list == from && record != "" {
			f.AddGap(to+"["+record+"]", g.Reason, g.Action)
			if !slices.Contains(records, record) {
				records = append(records, record)
			}
		}
	}
	return records
}
