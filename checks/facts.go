package checks

import "slices"

// Facts is everything that is known about one deployment: the one document
// that policies read as `input`. Facts are arrays of records, never maps keyed
// by data, because the policy compiler checks field names through arrays only.
// It has no field that could hold a secret.
//
// A section tagged `facts:"live"` can only be read from AWS or from recorded
// facts; without them, the checks that read it are skipped. One tagged
// `facts:"observed"` is read there too, and its checks say themselves what they
// can tell without.
type Facts struct {
	Run        Run         `json:"run"`
	Parameters []Parameter `json:"parameters"`
	// Declarations are the parameters of the entry template.
	Declarations []Declaration `json:"declarations"`
	Release      Release       `json:"release"`
	// Changes are what an upgrade does to what is deployed.
	Changes Changes `json:"changes"`
	// Authorization is what IAM and the organization say to the deployment.
	Authorization Authorization `json:"authorization"`

	Caller         Caller         `json:"caller" facts:"live"`
	Organizations  Organizations  `json:"organizations" facts:"live"`
	Role           DeploymentRole `json:"role" facts:"live"`
	Roles          AccountRoles   `json:"roles" facts:"live"`
	CloudFormation CloudFormation `json:"cloudformation" facts:"live"`
	Types          []ResourceType `json:"types" facts:"live"`
	Inventory      Inventory      `json:"inventory" facts:"live"`
	Quotas         []Quota        `json:"quotas" facts:"live"`
	Buckets        []Bucket       `json:"buckets" facts:"live"`
	BucketAccess   []BucketAccess `json:"bucket_access" facts:"live"`
	Objects        []Object       `json:"objects" facts:"live"`
	Network        Network        `json:"network" facts:"observed"`
	Certificates   []Certificate  `json:"certificates" facts:"observed"`
	DNS            DNS            `json:"dns" facts:"live"`
	Secrets        []Secret       `json:"secrets" facts:"observed"`
	Builds         []CodeBuild    `json:"builds" facts:"live"`
	Bridge         Bridge         `json:"bridge" facts:"live"`

	// Gaps and Absent are for the engine, not for policies.
	Gaps   []Gap    `json:"-"`
	Absent []Absent `json:"-"`
	// Wanted are the facts that the checks of this run read; nil: any.
	Wanted []string `json:"-"`
}

// Wants tells whether a check reads the fact, or may.
func (f *Facts) Wants(fact string) bool {
	return f.Wanted == nil || slices.ContainsFunc(f.Wanted, func(w string) bool { return Overlap(w, fact) })
}
