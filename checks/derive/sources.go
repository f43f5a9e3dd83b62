package derive

import "github.com/panther-preflight/panther-preflight/checks"

// sources are the live facts that the derived ones rest on. All of authorization
// has one row: who deploys, what the stack has and what is known of its types
// decide every verdict in it, and a check that is run alone is to see the same.
var sources = []struct {
	fact string
	from []string
}{
	{factAll, []string{
		"caller", "organizations", "role.arn", "role.tags", "role.trust", "role.policies", "role.boundary",
		"roles.service_linked", "cloudformation.stacks", "cloudformation.resources", "types",
	}},
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
