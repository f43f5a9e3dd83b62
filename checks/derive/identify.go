package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/published"
)

// identify names the versions that the role in the account was published with.
// The policies that AWS manages are not part of what was published.
func identify(f *checks.Facts) error {
	var documents []string
	for _, p := range f.Role.Policies {
		if !strings.Contains(p.ARN, ":iam::aws:policy/") && p.Document != "" {
			documents = append(documents, p.Document)
		}
	}
	versions, err := published.Identify(documents, f.Run.Partition, f.Run.Region, f.Run.Account)
	f.Authorization.Published.Matches = versions
	return err
}
