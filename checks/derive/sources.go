package derive

import "github.com/panther-preflight/panther-preflight/checks"

// sources are the live facts that the derived ones rest on.
var sources = []struct {
	fact string
	from []string
}{
	{"authorization.deployer", []string{"role.arn", "caller"}},
	{factOrganization, []string{"organizations", "role.arn", "role.tags", "role.trust", "cloudformation.resources", "types"}},
	{factIdentity, []string{"role.policies", "role.boundary", "role.tags", "role.trust", "cloudformation.resources", "types"}},
	{factPublished, []string{"role.policies", "role.boundary"}},
	{factServiceLinked, []string{"role.policies", "role.boundary", "role.arn", "caller"}},
	{"bucket_access", []string{"caller", "buckets"}},
}

// Sources adds to the facts that are needed those that derived ones are worked
// out from, which is what has to be collected.
func Sources(needs []string) []string {
	out := append([]string{}, needs...)
	for _, s := range sources {
		for _, need := range needs {
			if checks.Overlap(need, s.fact) {
				out = append(out, s.from...)
				break
			}
		}
	}
	return out
}
