package checks

// Inventory is what exists in the account and region under a name that the
// release takes, or that a known leftover has.
type Inventory struct {
	// Types are the CloudFormation types that were looked for. Of any other
	// type nothing is known.
	Types []string   `json:"types"`
	Named []Existing `json:"named"`
}

// Existing is one resource of the account.
type Existing struct {
	Type    string `json:"type"`
	Name    string `json:"name"`
	ARN     string `json:"arn"`
	Created string `json:"created"`
}

// Bucket is one bucket that matters: one that the release comes from, or one
// that an earlier deployment may have left.
type Bucket struct {
	Name string `json:"name"`
	// State is present, missing, forbidden or elsewhere (in another region).
	State  string `json:"state"`
	Region string `json:"region"`
	// Owned says that the bucket belongs to the target account.
	Owned bool `json:"owned"`
	// Empty says that it holds no object.
	Empty   bool   `json:"empty"`
	Created string `json:"created"`
}

// Object is one object of a release that was asked for without reading it.
type Object struct {
	URL    string `json:"url"` // as the release names it
	Bucket string `json:"bucket"`
	Key    string `json:"key"`
	// Implied says that nobody named it: it follows from the version.
	Implied bool `json:"implied"`
	// State is present, missing, forbidden or elsewhere (in another region).
	State  string `json:"state"`
	Region string `json:"region"` // of the bucket, where it was told
}

// The states of what was asked for by name.
const (
	StatePresent   = "present"
	StateMissing   = "missing"
	StateForbidden = "forbidden"
	StateElsewhere = "elsewhere"
	StateDeleted   = "deleted"
)

// Quota is one limit of the account, and how much of it is used.
type Quota struct {
	Service string `json:"service"`
	Code    string `json:"code"`
	Limit   int    `json:"limit"`
	Used    int    `json:"used"`
}
