package checks

import (
	"cmp"
	"slices"
)

// Authorization is who deploys, which actions the release needs of them, and
// what the policies that are known say to each. The records are what the
// evaluator found; which of them are findings, the policies decide.
type Authorization struct {
	Deployer Deployer       `json:"deployer"`
	Needs    []NeededAction `json:"needs"`
	// Untold are resource types of which nobody publishes what they need.
	Untold []UntoldType `json:"untold"`
	// Nameless are permissions of handlers that are no IAM actions.
	Nameless     []NamelessAction  `json:"nameless"`
	Organization OrganizationRules `json:"organization"`
	Identity     IdentityRules     `json:"identity"`
	Published    PublishedRole     `json:"published"`
	// ServiceLinked is whether the deployer may make the roles that services
	// make for themselves.
	ServiceLinked []LinkedCreation `json:"service_linked"`
}

// LinkedCreation is one service and whether the deployer's own policies allow
// making its role: yes, no or unknown. Why says what denies it, or what it
// turns on.
type LinkedCreation struct {
	Service string `json:"service"`
	Allowed string `json:"allowed"`
	Why     string `json:"why"`
}

// Deployer is the principal whose permissions CloudFormation uses.
type Deployer struct {
	// Principal is its ARN; what is not known of it is a star.
	Principal string `json:"principal"`
	// Kind is role or administrator.
	Kind string `json:"kind"`
	// Assumed says that nobody looked: it is what the flags name, at path "/".
	Assumed bool `json:"assumed"`
}

// NeededAction is one IAM action that deploying the release takes.
type NeededAction struct {
	Action  string `json:"action"`
	Service string `json:"service"`
	// Actor is deployer, or the subject of the role that makes the call.
	Actor   string `json:"actor"`
	Tagging bool   `json:"tagging"`
	// Certain says that at least one resource takes it whatever happens.
	Certain bool `json:"certain"`
	// IfNew says that, certain or not, a resource takes it which may or may not
	// be in the stack already: nobody looked.
	IfNew bool `json:"if_new"`
	// ARNs are the distinct resources of the calls, unknown parts as stars.
	ARNs      []string `json:"arns"`
	Resources int      `json:"resources"`
	// Subject, File, Line and Column are the first resource that takes it.
	Subject string `json:"subject"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// UntoldType is a resource whose type has no published permissions.
type UntoldType struct {
	Type    string `json:"type"`
	Subject string `json:"subject"`
	Exists  string `json:"exists"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// NamelessAction is a permission that a type's handler lists and that no
// service has as an action.
type NamelessAction struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// The layers of policies.
const (
	LayerSCP      = "scp"
	LayerRCP      = "rcp"
	LayerIdentity = "identity"
	LayerBoundary = "permissionsBoundary"
)

// OrganizationRules are the service and resource control policies of the
// account and what they say.
type OrganizationRules struct {
	Policies []PolicyDocument `json:"policies"`
	Denials  []Denial         `json:"denials"`
	// Invented are actions that the policies name and no service has.
	Invented []InventedAction `json:"invented"`
}

// IdentityRules are the deployer's own policies and boundary.
type IdentityRules struct {
	Policies []PolicyDocument `json:"policies"`
	Denials  []Denial         `json:"denials"`
}

// PolicyDocument is one policy that was judged.
type PolicyDocument struct {
	Name       string `json:"name"`
	Layer      string `json:"layer"`
	Level      int    `json:"level"` // of an SCP or RCP, from 0 at the root; else -1
	Statements int    `json:"statements"`
	// Placeholders are what nobody filled in of the policy's template, such as
	// ${ACCELERATOR_PREFIX} or <my-org-id>; Line is the first statement with one.
	Placeholders []string `json:"placeholders"`
	Line         int      `json:"line"`
	Denies       bool     `json:"denies"` // it has a statement that denies
}

// Denial is one statement, or one layer or level without an Allow, that keeps
// one action from some of the resources that need it.
type Denial struct {
	Layer string `json:"layer"`
	Level int    `json:"level"`
	// Policy, Statement (Sid or index) and Line name the statement. They are
	// empty when Implicit, which means that nothing there allows the action.
	Policy    string `json:"policy"`
	Statement string `json:"statement"`
	Line      int    `json:"line"`
	// Title is how people call the policy: its name, or its file again.
	Title    string `json:"title"`
	Implicit bool   `json:"implicit"`
	Action   string `json:"action"`
	Service  string `json:"service"`
	Actor    string `json:"actor"`
	Tagging  bool   `json:"tagging"` // the action's purpose is tagging
	// Certain is false where it turns on something unknown: Why says on what,
	// Keys are the condition keys among it, Passing values that would pass.
	Certain bool           `json:"certain"`
	Why     string         `json:"why"`
	Keys    []string       `json:"keys"`
	Passing []PassingValue `json:"passing"`
	// Unfilled says that the statement has placeholders that nobody filled in, so
	// that what it denies is not known.
	Unfilled bool `json:"unfilled"`
	// IfNew says that the action is denied for certain, and that it is taken
	// when some of the resources are not in the stack yet: nobody looked.
	IfNew bool `json:"if_new"`
	// Operator and Key are the condition that decides, empty without one. Actual
	// are the values of the key in the request, as far as they are known, and
	// Listed those in the statement; Negated says that the statement denies what
	// is none of them.
	Operator string   `json:"operator"`
	Key      string   `json:"key"`
	Actual   []string `json:"actual"`
	Listed   []string `json:"listed"`
	Negated  bool     `json:"negated"`
	// Where names the root, OU or account that the policy is attached to; empty
	// for an exported policy, whose folder says so.
	Where string `json:"where"`
	// Fix is a statement to put in the place of this one. The evaluator found
	// that it denies none of the resources any more. Change says what it adds
	// and removes, Otherwise what other changes do the same. Remains lists what
	// else denies them.
	Fix       string   `json:"fix"`
	Change    string   `json:"change"`
	Otherwise []string `json:"otherwise"`
	// Elsewhere are the regions, or patterns of them, where the statement denies
	// none of the calls.
	Elsewhere []string `json:"elsewhere"`
	// RuntimeRoles are the roles of the release that the statement, changed as Fix
	// says, keeps from something that their policies allow once the release runs.
	RuntimeRoles []RuntimeRole `json:"runtime_roles"`
	// Advice is what an administrator would do before any change to the statement,
	// ManagedBy the service that undoes changes to the policy; both may be empty.
	Advice    string           `json:"advice"`
	ManagedBy string           `json:"managed_by"`
	Remains   []string         `json:"remains"`
	Resources []DeniedResource `json:"resources"`
}

// RuntimeRole is a role that the release creates.
type RuntimeRole struct {
	Subject string `json:"subject"`
	// ARN is the role's; what is not known of it is a star.
	ARN string `json:"arn"`
}

// PassingValue is a value of a context key with which the request passes.
type PassingValue struct {
	Key   string `json:"key"`
	Value string `json:"value"` // empty when Absent
	// Absent says that the key must not be in the request.
	Absent bool `json:"absent"`
}

// DeniedResource is one resource of the release that a denial hits.
type DeniedResource struct {
	Subject string `json:"subject"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	// ResourceARN is the first of the ARNs that the action is denied on.
	ResourceARN string   `json:"resource_arn"`
	ARNs        []string `json:"resource_arns"`
}

// EachOnce puts the entries of one resource together, each with one ARN, and
// orders them: a resource counts once, on however many ARNs.
func EachOnce(all []DeniedResource) []DeniedResource {
	slices.SortFunc(all, func(a, b DeniedResource) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.ResourceARN, b.ResourceARN))
	})
	arns := make([]string, 0, len(all))
	out := all[:0]
	for _, r := range all {
		last := len(out) - 1
		same := last >= 0 && out[last].Subject == r.Subject
		if same && arns[len(arns)-1] == r.ResourceARN {
			continue
		}
		arns = append(arns, r.ResourceARN)
		if same {
			out[last].ARNs = arns[len(arns)-1-len(out[last].ARNs) : len(arns) : len(arns)]
			continue
		}
		r.ARNs = arns[len(arns)-1 : len(arns) : len(arns)]
		out = append(out, r)
	}
	return out
}

// InventedAction is an action in a policy that no service has.
type InventedAction struct {
	Policy    string `json:"policy"`
	Statement string `json:"statement"`
	Line      int    `json:"line"`
	Action    string `json:"action"`
	Effect    string `json:"effect"`
	// Inverted says that it stands in NotAction.
	Inverted bool `json:"inverted"`
	// Meant is the action that the name stands for, when that is known.
	Meant string `json:"meant"`
}

// PublishedRole is the deployment role that was published with the target
// version, and what it allows that the deployer's policies do not.
type PublishedRole struct {
	// Versions are those the comparison rests on; Exact says that the target is
	// among them, otherwise they are the nearest.
	Versions []string        `json:"versions"`
	Exact    bool            `json:"exact"`
	Missing  []MissingAction `json:"missing"`
	// Matches are the versions that were published with exactly the policies
	// of the role in the account.
	Matches []string `json:"matches"`
}

// MissingAction is an action of the published role that the deployer's own
// policies do not allow.
type MissingAction struct {
	Action    string `json:"action"`
	Statement string `json:"statement"` // of the published role
	Resource  string `json:"resource"`
	// Certain is false where it turns on something unknown.
	Certain bool `json:"certain"`
	// Explicit says that the deployer's policies deny it by a statement.
	Explicit bool   `json:"explicit"`
	Policy   string `json:"policy"`
	Denies   string `json:"denies"` // the statement that does
}
