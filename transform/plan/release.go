package plan

// Layout tells how templates of a release name each other.
type Layout int

// A Source release names its nested templates by relative path; a Published
// one by the key in a bucket, most of them the hash of their bytes.
const (
	Source Layout = iota
	Published
)

// Release is a set of templates, by file name or key. Entry is the one that is
// deployed; what it does not reach is no part of the release. Present tells, of
// a Published release, which other keys are there; nil means nobody looked.
// Beside are templates that lie with them and are deployed by themselves: they
// are not transformed, and may import what the release exports.
type Release struct {
	Entry   string
	Files   map[string][]byte
	Layout  Layout
	Present func(key string) bool
	Beside  map[string][]byte
}

// Options say what to make of a release.
type Options struct {
	Region        string   // cn-north-1 or cn-northwest-1
	Bucket        string   // the bucket in China that will hold the release
	KeyPrefix     string   // put before every key in it
	SourceBuckets []string // globs of buckets whose references are the release's own
	Remove        []string // SUBJECT or FILE#LogicalId
	Ruleset       string   // panther or none
	ECRRegistry   string   // registry for images, empty to leave them
	LostEnv       string   // drop or empty
	Strict        bool
}

// defaultSourceBuckets are the vendor's buckets.
var defaultSourceBuckets = []string{"panther-community-<region>", "panther-enterprise-<region>"}
