package checks

// SameName is a name that certainly two resources of one type, or two exports,
// have. The record stands where the second one is; First is the other one.
type SameName struct {
	Subject string `json:"subject"`
	First   string `json:"first"`
	Type    string `json:"type"` // of the resources; empty for exports
	Name    string `json:"name"`
	// Identifies says that the name alone identifies a resource of the type.
	Identifies  bool   `json:"identifies"`
	Exists      string `json:"exists"`
	FirstExists string `json:"first_exists"`
	FirstFile   string `json:"first_file"`
	FirstLine   int    `json:"first_line"`
	File        string `json:"file"`
	Line        int    `json:"line"`
	Column      int    `json:"column"`
}

// Size is the size of a value, or of several together, that a service limits:
// the least that it can have, whatever only the deployment knows. Path enters
// lists and maps with *. Characters leave out white space between the tokens of
// a document, as IAM counts; JSON counts the bytes of the document.
type Size struct {
	Subject    string `json:"subject"`
	Type       string `json:"type"`
	Path       string `json:"path"`
	Characters int    `json:"characters"`
	JSON       int    `json:"json"`
	// Parts is how many values there are at the path.
	Parts  int    `json:"parts"`
	Exists string `json:"exists"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Assertion is one assertion of a rule in a template's Rules. Holds is yes, no
// or unknown; an assertion whose rule does not apply holds.
type Assertion struct {
	Subject     string `json:"subject"` // of the rule
	Rule        string `json:"rule"`
	Description string `json:"description"`
	Holds       string `json:"holds"`
	Reason      string `json:"reason"` // why it is unknown
	// Parameters are those of the entry template that the rule names.
	Parameters []string `json:"parameters"`
	Exists     string   `json:"exists"` // of the stack
	File       string   `json:"file"`
	Line       int      `json:"line"`
	Column     int      `json:"column"`
}
