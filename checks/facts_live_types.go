package checks

// ResourceType is what the registry of the account and region says about one
// resource type of the release that nobody publishes the permissions of.
type ResourceType struct {
	Name string `json:"name"`
	// State is described, silent (the schema names no handlers) or missing.
	State string `json:"state"`
	// Create, Update and Delete are the permissions of its handlers; Updates
	// says that there is a handler for updates.
	Create  []string `json:"create"`
	Update  []string `json:"update"`
	Delete  []string `json:"delete"`
	Updates bool     `json:"updates"`
}

// What the registry says about a type.
const (
	TypeDescribed = "described"
	TypeSilent    = "silent"
	TypeMissing   = "missing"
)
