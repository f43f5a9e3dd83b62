package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/published"
)

// managedByAWS is in the ARN of every policy that AWS manages.
const managedByAWS = ":iam::aws:policy/"

// identify names the versions that the role in the account was published with.
// The policies that AWS manages are not part of what was published.
func identify(f *checks.Facts, unread []string) error {
	if slices.ContainsFunc(unread, func(policy string) bool { return !strings.Contains(policy, managedByAWS) }) {
		return nil // a part of the policies is not what was published
	}
	var documents []string
	for _, p := range f.Role.Policies {
		if !strings.Contains(p.ARN, managedByAWS) && p.Document != "" {
			documents = append(documents, p.Document)
		}
	}
	versions, err := published.Identify(documents, f.Run.Partition, f.Run.Region, f.Run.Account)
	f.Authorization.Published.Matches = versions
	return err
}
