package checks

// Violation is a property that the resource type's schema in the target region
// refuses. Keyword is what it breaks: unknown_property, read_only, or a keyword
// of JSON Schema: required, type, enum, pattern, maximum, … Name is the property
// that is unknown, missing or too many; Bound is what the schema says; Value is
// what the template gives, empty when it is not shown.
type Violation struct {
	Subject string `json:"subject"`
	Type    string `json:"type"`
	Path    string `json:"path"`
	Keyword string `json:"keyword"`
	Name    string `json:"name"`
	Nearest string `json:"nearest"` // a known name or value that it resembles
	Bound   string `json:"bound"`
	Value   string `json:"value"`
	// OtherRegions says that the schema of other regions has the property.
	OtherRegions bool `json:"other_regions"`
	// Named says that the property is the physical name of the resource.
	Named bool `json:"named"`
	// Parameter says that a parameter gives the value, not the template.
	Parameter bool `json:"parameter"`
	// Unknown is why it could not be determined whether the value conforms.
	Unknown string `json:"unknown"`
	Exists  string `json:"exists"` // undecided also where only this value is
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}
