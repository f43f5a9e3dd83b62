package checks

// The phases of a deployment.
const (
	Install = "install"
	Upgrade = "upgrade"
)

// The kinds of entry template.
const (
	EntryBackend = "panther"
	EntryProxy   = "proxy"
)

// Run is what the operator asked for. An empty string means not given.
type Run struct {
	// Time is when the run began, RFC 3339 in UTC: the policies' only clock.
	Time      string `json:"time"`
	Phase     string `json:"phase"`
	Region    string `json:"region"`
	Partition string `json:"partition"`
	Account   string `json:"account"`
	StackName string `json:"stack_name"`
	// Release and From are versions with a leading v.
	Release string `json:"release"`
	From    string `json:"from"`
	// Template is the entry template as the operator named it.
	Template string `json:"template"`
	// TemplateURL is the same when it is a URL.
	TemplateURL string `json:"template_url"`
	// Location is the place in S3 that TemplateURL names; its fields are empty
	// where it names none.
	Location Location `json:"location"`
	// Stated is the version that the entry template says it is of.
	Stated StatedVersion `json:"stated"`
	// EntryKind is panther or proxy, by the entry template's file name.
	EntryKind string `json:"entry_kind"`
	// OrganizationID is the organization that the operator named, or that the
	// exported policies name.
	OrganizationID string `json:"organization_id"`
	// StackTags are the tags that the operator gives to the root stack.
	StackTags []Tag `json:"stack_tags"`
	// DeploymentRole is the role that deploys; empty for an administrator.
	DeploymentRole string `json:"deployment_role"`
	Offline        bool   `json:"offline"`
	// Endpoints are where AWS calls went that is not AWS.
	Endpoints []Endpoint `json:"endpoints"`
}

// StatedVersion is Mappings.Constants.Panther.Version of the entry template, as
// it is written; empty where there is none.
type StatedVersion struct {
	Version string `json:"version"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// Endpoint is a configured URL that stands in for AWS.
type Endpoint struct {
	URL string `json:"url"`
	// Service is empty for all services.
	Service string `json:"service"`
	// Source is the setting that names it.
	Source string `json:"source"`
}

// String is the sentence for a reader.
func (e Endpoint) String() string {
	calls := "AWS calls"
	if e.Service != "" {
		calls = "AWS calls of " + e.Service
	}
	return calls + " go to " + e.URL + " (" + e.Source + "), which is not an endpoint of AWS"
}

// Location is a place in S3 as a URL names it.
type Location struct {
	Scheme    string `json:"scheme"`
	Bucket    string `json:"bucket"`
	Key       string `json:"key"`
	Region    string `json:"region"`
	Partition string `json:"partition"`
}
