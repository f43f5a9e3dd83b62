// Package published holds the deployment roles that were published with each
// version.
//
// It owns the embedded statements and which version they belong to. It judges
// nothing.
package published

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
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
		first, last := number(one.Versions[0]), number(one.Versions[len(one.Versions)-1])
		if compare(first, target) <= 0 && compare(target, last) <= 0 {
			// Between two versions that have the same role.
			return one, false, nil
		}
		if best < 0 || distance(one, target) < distance(all[best], target) {
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

// number is a version as numbers that can be compared.
func number(version string) [3]int {
	var out [3]int
	for i, part := range strings.SplitN(strings.TrimPrefix(version, "v"), ".", 3) {
		part, _, _ = strings.Cut(part, "-")
		out[i], _ = strconv.Atoi(part)
	}
	return out
}

func compare(a, b [3]int) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]), cmp.Compare(a[2], b[2]))
}

// distance is how many releases lie between a role and a version.
func distance(r Role, target [3]int) int {
	nearest := -1
	for _, v := range r.Versions {
		n := number(v)
		d := abs(n[0]-target[0])*1_000_000 + abs(n[1]-target[1])*1_000 + abs(n[2]-target[2])
		if nearest < 0 || d < nearest {
			nearest = d
		}
	}
	return nearest
}

func abs(n int) int { return max(n, -n) }
