package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

func target(t checks.Target, offline bool) string {
	parts := []string{t.Phase}
	if t.StackName != "" {
		parts[0] += " of " + t.StackName
	}
	release := t.Release
	if t.From != "" && release != "" {
		release = t.From + " → " + release
	}
	for _, part := range []string{release, t.Region, t.Account} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if offline {
		parts = append(parts, "offline: no AWS call is made")
	}
	return strings.Join(parts, ", ")
}

type areaResults struct {
	name    string
	results []checks.Result
}

// areaNames are the headings; an area of a custom policy is its own.
var areaNames = map[string]string{
	"TGT": "Target", "STK": "Stack", "PRM": "Parameters", "SCP": "Organization policies", "IAM": "Permissions",
	"ROL": "Deployment role", "OLD": "Leftovers", "CHN": "AWS China", "UPG": "Upgrade", "TPL": "Templates", "QTA": "Quotas",
}

// areas groups the results that ran, in the order of their ids.
func areas(results []checks.Result) []areaResults {
	return everyArea(slices.DeleteFunc(slices.Clone(results), func(r checks.Result) bool { return r.Status == checks.Skipped }))
}

func everyArea(results []checks.Result) []areaResults {
	var all []areaResults
	for _, r := range results {
		name := cmp.Or(areaNames[r.Area], r.Area)
		i := slices.IndexFunc(all, func(a areaResults) bool { return a.name == name })
		if i < 0 {
			i, all = len(all), append(all, areaResults{name: name})
		}
		all[i].results = append(all[i].results, r)
	}
	return all
}

var owners = map[checks.Owner]string{
	checks.OwnerYou:       "you",
	checks.OwnerVendor:    "the vendor",
	checks.OwnerTransform: "panther-preflight transform does it",
}

// excuse is why a waived finding does not count.
func excuse(w *checks.Waiver) string {
	return fmt.Sprintf("%s (until %s, %s)", w.Reason, w.Expires, w.Owner)
}

// hits are the resources that a finding with one root cause strikes, as its
// evidence lists them.
func hits(f checks.Finding) []string {
	resources, _ := f.Evidence["resources"].([]any)
	var subjects []string
	for _, r := range resources {
		record, _ := r.(map[string]any)
		if subject, ok := record["subject"].(string); ok {
			subjects = append(subjects, subject)
		}
	}
	return subjects
}

// hitsShown is how many resources of one root cause a line of text lists; the
// json and html formats have all of them.
const hitsShown = 6

// hitList lists the first resources that a finding strikes, when there are
// several.
func hitList(f checks.Finding) string {
	all := hits(f)
	switch more := len(all) - hitsShown; {
	case len(all) < 2:
		return ""
	case more > 0:
		return fmt.Sprintf("%s and %d more", strings.Join(all[:hitsShown], ", "), more)
	}
	return strings.Join(all, ", ")
}

// gapText is a fact that could not be read, why, and what would read it.
func gapText(g checks.Gap) string {
	text := g.Fact + ": " + g.Reason
	if g.Action != "" {
		text += ", requires " + g.Action
	}
	return text
}
