package checks

// What a reference that leads nowhere is about. The reference's State.
const (
	// RefUndefined: the template has nothing of that name.
	RefUndefined = "undefined"
	// RefAbsent: the resource's condition is false where it is referred to.
	RefAbsent = "absent"
	// RefMisplaced: a resource where only parameters can be referred to.
	RefMisplaced = "misplaced"
	// RefNoAttribute: the type of the resource has no such attribute.
	RefNoAttribute = "no_attribute"
	// RefNoKey: the mapping has no such key.
	RefNoKey = "no_key"
	// RefOutOfRange: Fn::Select takes an element that the list does not have.
	RefOutOfRange = "out_of_range"
	// RefNotExported: the release's own export of that name is not made.
	RefNotExported = "not_exported"
	// RefExportedLater: the stack that exports the name waits for this one.
	RefExportedLater = "exported_later"
	// RefUnordered: nothing makes this stack wait for the one that exports the
	// name.
	RefUnordered = "unordered"
)

// Reference is one place of a template that refers to something which is not
// there, or perhaps is not. References that lead to something are not listed,
// nor are those that only a false condition reaches.
type Reference struct {
	Subject  string `json:"subject"`  // what refers: a resource, output, condition or rule
	Section  string `json:"section"`  // of the template that the reference is in
	Function string `json:"function"` // Ref, Fn::GetAtt, Fn::Sub, DependsOn, Condition, …
	Name     string `json:"name"`     // that is referred to: a logical id, a condition, a mapping, an export
	// Attribute is that of the resource, the key of the mapping, or the index of
	// the list.
	Attribute string `json:"attribute"`
	// Type is that of the resource, empty where there is none.
	Type    string `json:"type"`
	State   string `json:"state"`
	Nearest string `json:"nearest"` // a name that is there and resembles it
	// Size is how many elements the list has of which one is selected.
	Size int `json:"size"`
	// Open says that what was not read, such as a macro or a module, may hold it.
	Open   bool   `json:"open"`
	Exists string `json:"exists"` // whether the reference is reached
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Circle is some resources, nested stacks or conditions of one template each of
// which waits for the next, and the last for the first. The place is that of
// the first one's reference.
type Circle struct {
	Subject string   `json:"subject"` // the first of them
	Kind    string   `json:"kind"`    // resources, stacks or conditions
	Members []string `json:"members"` // their logical ids
	Exists  string   `json:"exists"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Column  int      `json:"column"`
}
