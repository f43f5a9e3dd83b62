package checks

// Caller is who runs this program, from AWS's own answer.
type Caller struct {
	ARN     string `json:"arn"`
	Account string `json:"account"`
	// Kind is user, role, root or federated.
	Kind     string `json:"kind"`
	RoleName string `json:"role_name"`
	// RoleARN is the ARN of the role behind a session, with its path where
	// PathKnown says so.
	RoleARN   string `json:"role_arn"`
	PathKnown bool   `json:"path_known"`
}

// The ways an account stands to organizations.
const (
	OrganizationNone       = "none"
	OrganizationMember     = "member"
	OrganizationManagement = "management"
)

// Organizations is the organization of the target account, with every policy
// on the way from its root to the account.
type Organizations struct {
	// Standing is none, member or management; empty when it was not read.
	Standing          string `json:"standing"`
	ID                string `json:"id"`
	ManagementAccount string `json:"management_account"`
	// Reader is the account whose credentials read this, when they were not
	// those of the target account.
	Reader   string      `json:"reader"`
	Levels   []OrgLevel  `json:"levels"`
	Policies []OrgPolicy `json:"policies"`
}

// OrgLevel is the root, an organizational unit or the account; level 0 is the
// root.
type OrgLevel struct {
	Level int    `json:"level"`
	ID    string `json:"id"`
	Kind  string `json:"kind"` // root, unit or account
	Name  string `json:"name"`
}

// The types of organization policy that decide on requests.
const (
	PolicySCP = "SCP"
	PolicyRCP = "RCP"
)

// OrgPolicy is one policy attached to one level.
type OrgPolicy struct {
	Level      int    `json:"level"`
	Type       string `json:"type"` // SCP or RCP
	ID         string `json:"id"`
	Name       string `json:"name"`
	AWSManaged bool   `json:"aws_managed"`
	Document   string `json:"document"` // empty when it was not read
}

// HigherLevels stands for the policies of levels that were not found, in the path
// of a gap: `organizations.policies[levels above]`.
const HigherLevels = "levels above"

// PoliciesOf stands for the policies of one type that are attached to a level, in
// the path of a gap: `organizations.policies[SCPs of ou-ab12-cdef]`.
func PoliciesOf(kind, level string) string { return kind + "s of " + level }

// DeploymentRole is the role that deploys, as it stands in the account.
type DeploymentRole struct {
	Name   string `json:"name"`
	Exists bool   `json:"exists"`
	ARN    string `json:"arn"`
	Path   string `json:"path"`
	// Trust is the document that says who may assume it.
	Trust    string       `json:"trust"`
	Policies []RolePolicy `json:"policies"`
	// Boundary is the permissions boundary; its ARN is empty when there is none.
	Boundary RolePolicy `json:"boundary"`
	Tags     []Tag      `json:"tags"`
	// StackName is the stack that created it, where its tags name one, and
	// StackVersion the version in that stack's template metadata.
	StackName    string `json:"stack_name"`
	StackVersion string `json:"stack_version"`
}

// RolePolicy is one policy of a role.
type RolePolicy struct {
	Name     string `json:"name"`
	ARN      string `json:"arn"`  // of a managed policy
	Kind     string `json:"kind"` // inline, managed or boundary
	Document string `json:"document"`
}

// What stands for the policies of a role whose names were not read, in the path
// of a gap: `role.policies[attached/*]`. No name of a policy has a slash.
const (
	InlinePolicies   = "inline/*"
	AttachedPolicies = "attached/*"
)

// Tag is one tag of something in the account.
type Tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// AccountRoles are the roles of the account that matter to the release.
type AccountRoles struct {
	// Named are those whose name is one of the release or of a known leftover.
	Named []AccountRole `json:"named"`
	// ServiceLinked are the roles that services made for themselves.
	ServiceLinked []ServiceLinkedRole `json:"service_linked"`
}

// AccountRole is one role of the account.
type AccountRole struct {
	Name    string `json:"name"`
	Path    string `json:"path"`
	ARN     string `json:"arn"`
	Created string `json:"created"`
}

// ServiceLinkedRole is one role at /aws-service-role/<service>/.
type ServiceLinkedRole struct {
	Service string `json:"service"`
	Name    string `json:"name"`
}
