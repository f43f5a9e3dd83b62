package checks

// Preview is what an upgrade does to the deployed stack, for people and tools.
type Preview struct {
	SchemaVersion int    `json:"schema_version"`
	Tool          Tool   `json:"tool"`
	Target        Target `json:"target"`
	// Template is the entry template that is deployed, DeployedTemplate the one
	// that takes its place.
	Template         string       `json:"template"`
	DeployedTemplate string       `json:"deployed_template"`
	Counts           ChangeCounts `json:"counts"`
	// Decisions are the findings of the checks on what changes.
	Decisions []PreviewDecision `json:"decisions"`
	Stacks    []PreviewStack    `json:"stacks"`
	Exports   []ExportChange    `json:"exports"`
	Unread    []UnreadTemplate  `json:"unread"`
	Notes     []string          `json:"notes"`
	ExitCode  int               `json:"exit_code"`
}

// ChangeCounts are how many resources change, and how. What is not certain is
// counted in Perhaps, by what it may be, and in nothing else.
type ChangeCounts struct {
	Created     int `json:"created"`
	Updated     int `json:"updated"`
	Interrupted int `json:"interrupted"`
	Replaced    int `json:"replaced"`
	Deleted     int `json:"deleted"`
	Retained    int `json:"retained"`
	Moved       int `json:"moved"` // of those created
	Refused     int `json:"refused"`
	Unchanged   int `json:"unchanged"`
	// ReplacedData and DeletedData are those of a type that holds data.
	ReplacedData int            `json:"replaced_data"`
	DeletedData  int            `json:"deleted_data"`
	Perhaps      PerhapsChanged `json:"perhaps"`
}

// PerhapsChanged are changes that only the deployment decides.
type PerhapsChanged struct {
	Created  int `json:"created"`
	Updated  int `json:"updated"`
	Replaced int `json:"replaced"`
	Deleted  int `json:"deleted"`
	Refused  int `json:"refused"`
}

// PreviewDecision is one finding of a check on the changes.
type PreviewDecision struct {
	ID      string `json:"id"`
	Certain bool   `json:"certain"`
	Subject string `json:"subject"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
	File    string `json:"file"`
	Line    int    `json:"line"`
}

// PreviewStack is one stack with what changes in it.
type PreviewStack struct {
	Path      string          `json:"path"`
	Counts    ChangeCounts    `json:"counts"`
	Resources []PreviewChange `json:"resources"`
}

// PreviewChange is one change, with what the resource holds.
type PreviewChange struct {
	Change
	// Holds is what a resource of the type keeps, such as objects; empty: nothing.
	Holds string `json:"holds"`
}
