package upgrade

import (
	"fmt"

	"github.com/Masterminds/semver/v3"

	"github.com/panther-preflight/panther-preflight/checks/releases"
)

// route is the releases to deploy, in order: the recommended patch of every
// minor in between, and then the target itself. It is empty when from is to.
func route(m *releases.Matrix, from, to *semver.Version) ([]*semver.Version, error) {
	for _, v := range []*semver.Version{from, to} {
		if _, known := m.Patch(minorOf(v)); !known {
			return nil, unknown(m, minorOf(v))
		}
	}
	if to.LessThan(from) {
		return nil, &Refusal{
			Reason: fmt.Sprintf("%s is older than %s: a downgrade is not supported, data that a release has migrated stays migrated", show(to), show(from)),
			Fix:    "stay, or go to a later version",
		}
	}
	var hops []*semver.Version
	for _, minor := range m.Minors {
		if !before(minorOf(from), minor.Minor) || !before(minor.Minor, minorOf(to)) {
			continue
		}
		patch, err := releases.Parse(minor.Patch)
		if err != nil {
			return nil, err
		}
		hops = append(hops, patch)
	}
	if from.LessThan(to) {
		hops = append(hops, to)
	}
	return hops, nil
}
