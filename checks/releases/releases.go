// Package releases is what is known about published Panther versions: the
// patch to land on in every minor, the regions that a version supports, the
// parameters that a version requires. The facts stand in matrix.json with their
// provenance; policies read them as data.preflight.data.releases, and upgrade
// plans read them here, so that both have one source. It judges nothing.
package releases

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/Masterminds/semver/v3"
)

//go:embed matrix.json
var matrix []byte

// Data is the matrix as the policies see it.
func Data() (map[string]any, error) { return Builtin().Data() }

var versionForm = regexp.MustCompile(`^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$`)

// Parse reads a version as v1.31.1 or 1.31.1.
func Parse(text string) (*semver.Version, error) {
	if !versionForm.MatchString(text) {
		return nil, fmt.Errorf("%q is not a version of the form v1.31.1", text)
	}
	v, err := semver.StrictNewVersion(strings.TrimPrefix(text, "v"))
	if err != nil {
		return nil, fmt.Errorf("%q is not a version of the form v1.31.1: %w", text, err)
	}
	return v, nil
}

// Normal writes a version as the program shows it, v1.31.1.
func Normal(text string) (string, error) {
	v, err := Parse(text)
	if err != nil {
		return "", err
	}
	return "v" + v.String(), nil
}
