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
	Empty bool `json:"empty"`
	// Unread says that the account has it, and that what it holds was not read.
	Unread  bool   `json:"unread"`
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
	// StateUnread says that it was asked for and not answered.
	StateUnread = "unread"
)

// Quota is one limit of the account, and how much of it is used.
type Quota struct {
	Service string `json:"service"`
	Code    string `json:"code"`
	Limit   int    `json:"limit"`
	Used    int    `json:"used"`
	// Own is how much of Used the target stack's own tree takes, of a quota
	// that does not count resources.
	Own int `json:"own"`
}

// BucketAccess is what a bucket of the release says to whoever writes to it.
type BucketAccess struct {
	Bucket string `json:"bucket"`
	// Policy is the bucket's policy, empty for none.
	Policy string `json:"policy"`
	// Read says that the policy could be read: that of another account's bucket
	// mostly cannot.
	Read bool `json:"read"`
	// Write is what that policy and the bucket's owner leave of s3:PutObject by
	// the caller: yes, no or unknown; Why names the statement, or what it turns
	// on. The caller's own policies are not in it.
	Write string `json:"write"`
	Why   string `json:"why"`
}
