package upgrade

import (
	"fmt"
	"regexp"

	"github.com/Masterminds/semver/v3"

	"github.com/panther-preflight/panther-preflight/checks/releases"
)

var minorForm = regexp.MustCompile(`^v?(\d+\.\d+)(?:\.[xX])?$`)

// Version reads a version, or a minor as its recommended patch. An error that
// is no Refusal is about the form.
func Version(m *releases.Matrix, text string) (*semver.Version, error) {
	form := minorForm.FindStringSubmatch(text)
	if form == nil {
		return releases.Parse(text)
	}
	patch, known := m.Patch(form[1])
	if !known {
		return nil, unknown(m, form[1])
	}
	return releases.Parse(patch)
}

func minorOf(v *semver.Version) string { return fmt.Sprintf("%d.%d", v.Major(), v.Minor()) }

func show(v *semver.Version) string { return "v" + v.String() }

// unknown is the refusal of a minor that the matrix does not have.
func unknown(m *releases.Matrix, minor string) error {
	first, last := m.Minors[0].Minor, m.Minors[len(m.Minors)-1].Minor
	r := &Refusal{
		Reason: fmt.Sprintf("the release matrix does not know %s; it knows %s to %s", minor, first, last),
		Fix:    "check the number, or update this program: the release is newer than its matrix",
	}
	if before(minor, first) {
		r.Reason = fmt.Sprintf("%s is older than %s, where the release matrix begins", minor, first)
		r.Fix = "ask the vendor: an upgrade from before " + first + " needs help"
	}
	return r
}

func before(minor, other string) bool {
	a, errA := semver.NewVersion(minor)
	b, errB := semver.NewVersion(other)
	return errA == nil && errB == nil && a.LessThan(b)
}

// reached reports whether version is text or later; text stands in the matrix,
// whose own test proves that it parses.
func reached(version *semver.Version, text string) bool {
	bound, err := releases.Parse(text)
	return err == nil && !version.LessThan(bound)
}
