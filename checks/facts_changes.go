package checks

// Changes are what the update does to the deployed stack: the release that is
// deployed beside the one that takes its place, through every nested stack.
type Changes struct {
	// Template is the entry template that is deployed, as it was named, or the
	// stack that it was read from.
	Template string `json:"template"`
	// Resources are those that change, and Unchanged how many do not.
	Resources []Change `json:"resources"`
	Unchanged int      `json:"unchanged"`
	// Unpackaged is how many properties name a local file in both releases, such
	// as a function's code before it is published. Its content is not compared.
	Unpackaged int `json:"unpackaged"`
	// Exports are exports that the update takes from their importers, or that
	// two stacks have at a time.
	Exports []ExportChange `json:"exports"`
	// Unread are the parts of the deployed templates that were not read.
	Unread []UnreadTemplate `json:"unread"`
}

// What happens to a resource.
const (
	ChangeCreated     = "created"
	ChangeUpdated     = "updated"
	ChangeInterrupted = "interrupted"
	ChangeReplaced    = "replaced"
	ChangeDeleted     = "deleted"
	ChangeRetained    = "retained"
	ChangeRefused     = "refused"
)

// Change is what CloudFormation does to one resource. File, Line and Column are
// in the new template; those of a deletion, in the old one.
type Change struct {
	Subject   string `json:"subject"`
	Stack     string `json:"stack"`
	LogicalID string `json:"logical_id"`
	Type      string `json:"type"`
	// Action is created, updated, interrupted (updated with some interruption),
	// replaced, deleted, retained (it leaves the stack and stays in the account)
	// or refused (CloudFormation does not make this update).
	Action  string `json:"action"`
	Certain bool   `json:"certain"`
	// Why says what makes it uncertain.
	Why string `json:"why"`
	// Fate is what happens to the old resource of a deletion or replacement:
	// deleted, retained, or snapshot. It is empty where there is none.
	Fate        string `json:"fate"`
	FateCertain bool   `json:"fate_certain"`
	// DeletesFirst tells that the old resource is deleted before the new one is
	// created.
	DeletesFirst bool `json:"deletes_first"`
	// Name is the new physical name, OldName the old one. A part that only the
	// deployment knows is `*`.
	Name    string `json:"name"`
	OldName string `json:"old_name"`
	// MovedFrom and MovedTo join a deletion and a creation of one name.
	MovedFrom  string            `json:"moved_from"`
	MovedTo    string            `json:"moved_to"`
	Properties []ChangedProperty `json:"properties"`
	Conflicts  []NameConflict    `json:"conflicts"`
	File       string            `json:"file"`
	Line       int               `json:"line"`
	Column     int               `json:"column"`
}

// ChangedProperty is one property that differs, or may differ.
type ChangedProperty struct {
	Path   string `json:"path"`
	Before string `json:"before"`
	After  string `json:"after"`
	// Certain says that the values are known to differ.
	Certain bool `json:"certain"`
	// Requires is what AWS documents of an update of the property: no
	// interruption, some interruptions, replacement, replacement in some cases,
	// or updates are not supported.
	Requires string `json:"requires"`
	Why      string `json:"why"`
	// Inside says that it is the resources of a nested stack that change.
	Inside bool `json:"inside"`
	// Inherited says that the value comes of the tags of a nested stack above.
	Inherited bool `json:"inherited"`
}

// NameConflict is what a resource takes while an old resource still has it.
type NameConflict struct {
	// Kind is name, identity (properties that only one resource has alike) or
	// singleton (one in an account and region).
	Kind       string   `json:"kind"`
	Properties []string `json:"properties"`
	Value      string   `json:"value"`
	// Holder is the old resource: the same subject where a resource is replaced.
	Holder       string `json:"holder"`
	HolderAction string `json:"holder_action"`
	Certain      bool   `json:"certain"`
}

// ExportChange is one export that the update cannot change, or that may be in
// use.
type ExportChange struct {
	Subject string `json:"subject"`
	Name    string `json:"name"`
	// Kind is taken (another stack of the tree still exports the name), removed
	// or changed.
	Kind   string `json:"kind"`
	Holder string `json:"holder"`
	// Importers are the subjects that import it.
	Importers []string `json:"importers"`
	Certain   bool     `json:"certain"`
	File      string   `json:"file"`
	Line      int      `json:"line"`
	Column    int      `json:"column"`
}

// UnreadTemplate is a part of the deployed release of which nothing is known.
type UnreadTemplate struct {
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
}
