package checks

// Certificate is one certificate that a parameter names.
type Certificate struct {
	ARN    string `json:"arn"`
	Region string `json:"region"`
	// State is present or missing.
	State string `json:"state"`
	// Status is the authority's: ISSUED, PENDING_VALIDATION, EXPIRED, …
	Status   string   `json:"status"`
	Names    []string `json:"names"`
	NotAfter string   `json:"not_after"`
}

// DNS is what the account's hosted zones say about the domain of the release.
type DNS struct {
	Zones   []Zone   `json:"zones"`
	Records []Record `json:"records"`
}

// Zone is a public hosted zone in which a domain of the release may lie.
type Zone struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Record is one address record of a domain of the release.
type Record struct {
	Zone  string `json:"zone"`
	Name  string `json:"name"`
	Type  string `json:"type"`
	Alias string `json:"alias"`
}

// Secret is one secret or key that a parameter names. Its content is never
// read.
type Secret struct {
	ARN  string `json:"arn"`
	Kind string `json:"kind"` // secret or key
	// State is present, missing, deleted or, of a key, disabled.
	State string `json:"state"`
}

// CodeBuild is a build project that the release needs to have run.
type CodeBuild struct {
	Project string  `json:"project"`
	Exists  bool    `json:"exists"`
	Builds  []Build `json:"builds"` // the newest first
}

// Build is one run of the project.
type Build struct {
	ID      string `json:"id"`
	Status  string `json:"status"`
	Started string `json:"started"`
	Ended   string `json:"ended"`
}
