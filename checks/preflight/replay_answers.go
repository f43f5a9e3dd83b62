package preflight

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
)

const factOrganization = "authorization.organization"

// keepAnswers takes what the recorded run was told of the organization. Where
// its policies could not be read, AWS's simulator was asked, which no replay can
// do again; the answers hold for the very deployer and needs that were asked of.
func keepAnswers(f, recorded *checks.Facts, p Policies) {
	if p.Organization != nil || !asked(f, recorded) {
		return
	}
	f.Authorization.Organization = recorded.Authorization.Organization
	f.Gaps = slices.DeleteFunc(f.Gaps, func(g checks.Gap) bool { return ofOrganization(g.Fact) })
	for _, g := range recorded.Gaps {
		if ofOrganization(g.Fact) {
			f.AddGap(g.Fact, g.Reason, g.Action)
		}
	}
	f.SortGaps()
}

func ofOrganization(fact string) bool {
	return checks.Inside(fact, factOrganization)
}

// asked says whether both runs ask the same of the same deployer.
func asked(f, recorded *checks.Facts) bool {
	text := func(f *checks.Facts) []byte {
		text, err := json.Marshal([]any{f.Authorization.Deployer, f.Authorization.Needs})
		if err != nil {
			return nil
		}
		return text
	}
	now := text(f)
	return now != nil && bytes.Equal(now, text(recorded))
}
