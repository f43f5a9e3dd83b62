// Package published holds the deployment roles that were published with each
// version.
//
// It owns the embedded statements and which version they belong to. It judges
// nothing.
package published

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

//go:embed roles.json.gz
var packed []byte

// Role is one deployment role as it was published.
type Role struct {
	// Versions are those that it was published with, in rising order.
	Versions []string `json:"versions"`
	// Managed are the AWS managed policies that it has besides.
	Managed    []string          `json:"managed"`
	Statements []json.RawMessage `json:"statements"`
}

// Find is the role of a version. exact is false when none was published with
// it under a name that is known: then it is the one nearest in version.
func Find(version string) (role Role, exact bool, err error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return Role{}, false, fmt.Errorf("read the published roles: %w", err)
	}
	var all []Role
	if err := json.NewDecoder(r).Decode(&all); err != nil {
		return Role{}, false, fmt.Errorf("read the published roles: %w", err)
	}
	target, best := number(version), -1
	for i, one := range all {
		if slices.Contains(one.Versions, version) {
			return one, true, nil
		}
		if number(one.Versions[0]) <= target && target <= number(one.Versions[len(one.Versions)-1]) {
			// Between two versions that have the same role.
			return one, false, nil
		}
		if best < 0 || one.distance(target) < all[best].distance(target) {
			best = i
		}
	}
	return all[best], false, nil
}

// Policy is the role as one policy document, in one account and region.
func (r Role) Policy(partition, region, account string) (*iam.Policy, error) {
	var b strings.Builder
	for i, s := range r.Statements {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(s)
	}
	text := strings.NewReplacer(
		"${AWS::Partition}", partition, "${AWS::Region}", region, "${AWS::AccountId}", account,
	).Replace(b.String())
	p, err := iam.Parse("the published role of "+r.Versions[0], iam.Identity, []byte(`{"Version":"2012-10-17","Statement":[`+text+`]}`))
	if err != nil {
		return nil, fmt.Errorf("read the published role: %w", err)
	}
	return p, nil
}

// number is a version as a number that grows with it.
func number(version string) int {
	n := 0
	parts := strings.SplitN(strings.TrimPrefix(version, "v"), ".", 3)
	for i := range 3 {
		n *= 1000
		if i < len(parts) {
			digits, _, _ := strings.Cut(parts[i], "-")
			part, _ := strconv.Atoi(digits)
			n += part
		}
	}
	return n
}

// distance is how far a version lies from the nearest of the role's.
func (r Role) distance(target int) int {
	nearest := math.MaxInt
	for _, v := range r.Versions {
		d := number(v) - target
		nearest = min(nearest, max(d, -d))
	}
	return nearest
}
