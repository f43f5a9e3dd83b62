package iam

import "fmt"

// Decision is what AWS answers, as far as it can be told.
type Decision uint8

const (
	Unknown Decision = iota
	Allowed
	ExplicitlyDenied
	ImplicitlyDenied
)

func (d Decision) String() string {
	switch d {
	case Allowed:
		return "Allowed"
	case ExplicitlyDenied:
		return "ExplicitlyDenied"
	case ImplicitlyDenied:
		return "ImplicitlyDenied"
	}
	return "Unknown"
}

// MarshalText writes the decision's name.
func (d Decision) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a decision's name.
func (d *Decision) UnmarshalText(text []byte) error {
	for _, known := range [...]Decision{Unknown, Allowed, ExplicitlyDenied, ImplicitlyDenied} {
		if known.String() == string(text) {
			*d = known
			return nil
		}
	}
	return fmt.Errorf("no decision is called %s", quote(string(text)))
}

// Denied says whether the request is denied for certain.
func (d Decision) Denied() bool { return d == ExplicitlyDenied || d == ImplicitlyDenied }

// Cause is the place in the policies that a verdict comes from. Statement is
// nil where a layer allows nothing: there is then no statement to name.
type Cause struct {
	Layer     Kind
	Level     int // of an SCP or RCP, from 0 at the root; -1 for other layers
	Statement *Statement
}

// Verdict is a decision and its first cause. An allowed request has none.
type Verdict struct {
	Decision Decision
	Cause    Cause
}
