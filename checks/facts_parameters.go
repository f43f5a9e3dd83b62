package checks

// Where the value of a parameter comes from.
const (
	OriginGiven    = "given"
	OriginDefault  = "default"
	OriginPrevious = "previous"
	OriginNone     = "none"
)

// Whether something holds that may not be knowable.
const (
	HoldsYes     = "yes"
	HoldsNo      = "no"
	HoldsUnknown = "unknown"
)

// Parameter is one parameter that the operator gave or the entry template
// declares, with its effective value.
type Parameter struct {
	Name string `json:"name"`
	// Given says that the operator named it, with a value or with
	// UsePreviousValue.
	Given bool `json:"given"`
	// Origin is where the effective value comes from: given, default, previous
	// (only the deployed stack knows it) or none.
	Origin string `json:"origin"`
	// Known says that Value holds the effective value, as CloudFormation sees
	// it. It is false for previous values that were not read, and for values
	// that must not be shown: NoEcho, undeclared, or named like a secret.
	Known  bool   `json:"known"`
	Value  string `json:"value"`
	Hidden bool   `json:"hidden"`
	// Empty says that the effective value is the empty text, hidden or not.
	Empty bool `json:"empty"`
	// Nearest is the declared name most like an undeclared one, or empty.
	Nearest string `json:"nearest"`
	// File, Line and Column are where the value is given; zero for a default
	// and for a value from the command line.
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Declaration is one parameter that the entry template declares.
type Declaration struct {
	Name       string `json:"name"`
	Type       string `json:"type"`
	NoEcho     bool   `json:"no_echo"`
	HasDefault bool   `json:"has_default"`
	Default    string `json:"default"`
	// Constraints are the template's, each with whether the effective value
	// meets it. They are judged where values may be hidden, so that no policy
	// needs to see one.
	Constraints []Constraint `json:"constraints"`
	File        string       `json:"file"`
	Line        int          `json:"line"`
	Column      int          `json:"column"`
}

// Constraint is one constraint that a template puts on a parameter.
type Constraint struct {
	// Kind is the template's own key: Type, AllowedPattern, AllowedValues,
	// MinValue, MaxValue, MinLength or MaxLength.
	Kind string `json:"kind"`
	// Bound is the constraint as written.
	Bound string `json:"bound"`
	// Holds is yes, no, or unknown: where the value is not known, or where the
	// pattern is one that only CloudFormation can evaluate.
	Holds string `json:"holds"`
	// Why says what Holds rests on when it is unknown.
	Why string `json:"why"`
	// Description is the template's ConstraintDescription.
	Description string `json:"description"`
}
