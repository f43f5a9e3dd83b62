package checks

// Where the value of a parameter comes from.
const (
	ValueGiven    = "given"
	ValueDefault  = "default"
	ValuePrevious = "previous"
	ValueNone     = "none"
)

// Whether a constraint holds.
const (
	Yes       = "yes"
	No        = "no"
	Undecided = "unknown"
)

// Parameter is one parameter of the entry template, or one that the operator
// gave and the template does not declare. Value is empty, and Hidden is set,
// where the value must not be shown: NoEcho, undeclared, or named like a secret.
type Parameter struct {
	Name     string `json:"name"`
	Declared bool   `json:"declared"`
	Given    bool   `json:"given"`
	// Origin is given, default, previous or none.
	Origin string `json:"origin"`
	// Known is false where the value is only known to the deployed stack.
	Known bool `json:"known"`
	// Value is the effective value as CloudFormation sees it.
	Value  string `json:"value"`
	Hidden bool   `json:"hidden"`
	Empty  bool   `json:"empty"`
	// Changed says that the effective value is known and is not the default.
	Changed    bool   `json:"changed"`
	Type       string `json:"type"`
	NoEcho     bool   `json:"no_echo"`
	HasDefault bool   `json:"has_default"`
	Default    string `json:"default"`
	// Constraints are those of the template, each with whether it holds.
	Constraints []Constraint `json:"constraints"`
	// Nearest is the declared name most like an undeclared one, or empty.
	Nearest string `json:"nearest"`
	// File, Line and Column are where the value is given, else where the
	// parameter is declared.
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Constraint is one constraint that a template puts on a parameter.
type Constraint struct {
	// Kind is the template's own key: AllowedPattern, AllowedValues, MinValue,
	// MaxValue, MinLength, MaxLength or Type.
	Kind string `json:"kind"`
	// Bound is the constraint as written.
	Bound string `json:"bound"`
	// Holds is yes, no, or unknown where the value is not known or the
	// pattern is one that only CloudFormation can evaluate.
	Holds string `json:"holds"`
	// Message is the template's ConstraintDescription.
	Message string `json:"message"`
}
