package checks

// CloudFormation is what stands in the target account and region.
type CloudFormation struct {
	// Stacks are the target stack with all it nests, and every other stack
	// that looks like Panther's.
	Stacks []LiveStack `json:"stacks"`
	// Resources are those of the target stack's own tree.
	Resources []StackResource `json:"resources"`
	StackSets []StackSet      `json:"stack_sets"`
	// Retained is what deleted stacks that look like Panther's left standing.
	Retained []Retained `json:"retained"`
}

// LiveStack is one stack that is not deleted.
type LiveStack struct {
	Name   string `json:"name"`
	ID     string `json:"id"`
	Status string `json:"status"`
	Reason string `json:"reason"`
	// Parent and Root are the ids of the stacks above a nested one.
	Parent string `json:"parent"`
	Root   string `json:"root"`
	// Target is the stack that is deployed; InTree says that a stack is it or
	// belongs to it.
	Target     bool             `json:"target"`
	InTree     bool             `json:"in_tree"`
	RoleARN    string           `json:"role_arn"`
	Created    string           `json:"created"`
	Updated    string           `json:"updated"`
	Tags       []Tag            `json:"tags"`
	Parameters []StackParameter `json:"parameters"`
	Outputs    []StackOutput    `json:"outputs"`
}

// StackParameter is one parameter value of a stack of the target's tree. The
// value of a NoEcho parameter is never read.
type StackParameter struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Hidden bool   `json:"hidden"`
}

// StackOutput is one output of a stack of the target's tree.
type StackOutput struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// StackResource is one resource that a stack of the target's tree owns.
type StackResource struct {
	StackID    string `json:"stack_id"`
	LogicalID  string `json:"logical_id"`
	PhysicalID string `json:"physical_id"`
	Type       string `json:"type"`
	Status     string `json:"status"`
}

// StackSet is one stack set of the account.
type StackSet struct {
	Name   string `json:"name"`
	ID     string `json:"id"`
	Status string `json:"status"`
}

// Retained is one resource that CloudFormation kept when it deleted its stack.
type Retained struct {
	Stack      string `json:"stack"` // the name of the deleted stack
	StackID    string `json:"stack_id"`
	LogicalID  string `json:"logical_id"`
	PhysicalID string `json:"physical_id"`
	Type       string `json:"type"`
	// State is whether it still stands: present, missing, or unread where
	// nothing reads the type by its name.
	State string `json:"state"`
}
