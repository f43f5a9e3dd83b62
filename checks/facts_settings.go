package checks

// Setting is the value of one property of a resource that may come to exist,
// or that it is absent. A path is property names joined by dots, with [n] for a
// place in a list. State is literal, pattern, present (a list or map, whose
// parts are settings too), unknown or absent.
type Setting struct {
	Subject string `json:"subject"`
	Type    string `json:"type"`
	Path    string `json:"path"`
	State   string `json:"state"`
	Text    string `json:"text"`
	Reason  string `json:"reason"`
	// Parameter says that a parameter gives the value, not the template.
	Parameter bool   `json:"parameter"`
	Exists    string `json:"exists"` // undecided also where only this value is
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
}
