package rewrite

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// twinInRow is what stands in China for an identifier in a row of a mapping.
func (s *rewriter) twinInRow(text string) (string, bool) {
	for _, kind := range []china.Kind{china.Account, china.Zone} {
		if twin, ok := china.TwinOf(kind, text, ""); ok && twin.In(s.p.Options.Region) != "" {
			return twin.In(s.p.Options.Region), true
		}
	}
	if after := twinRule(s, text, plan.Spot{}); after != text {
		return after, true
	}
	return "", false
}

// twinAccount points a bare account in a principal at its twin.
func twinAccount(s *rewriter, text string, at plan.Spot) string {
	if !at.Principal || len(text) != 12 {
		return text
	}
	if twin, ok := china.TwinOf(china.Account, text, ""); ok && twin.In(s.p.Options.Region) != "" {
		return twin.In(s.p.Options.Region)
	}
	return text
}

// applicationVersion gives an application of AWS the version that its twin has.
func (s *rewriter) applicationVersion() {
	location := s.left(s.r.Props.Get("Location"))
	text, _ := plan.Flatten(location.Get("ApplicationId"))
	a, _ := arn.Parse(text)
	twin, ok := plan.TwinOfARN(a)
	version := location.Get("SemanticVersion")
	after := twin.Versions[strings.TrimPrefix(a.Resource, "applications/")]
	if before, literal := version.Scalar(); ok && literal && after != "" && before != after {
		s.t.Edits.SetValue(version, after)
		s.rewrote(version, before, after, "twin")
	}
}
