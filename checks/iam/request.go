package iam

// KeyState is what is known of one condition key of a request. The zero value
// is that nothing is.
type KeyState uint8

const (
	KeyUnknown KeyState = iota // absent, or there with any value
	KeyAbsent
	KeyPresent // there, with a value that is not known
	KeyKnown
)

// Value is the state of one key, and its values when they are known.
type Value struct {
	State  KeyState
	Values []string
	// Perhaps are values that may be there besides, all or none of them. They go
	// with KeyKnown and KeyAbsent.
	Perhaps []string
}

// Is is a key with known values. No value at all is an absent key.
func Is(values ...string) Value {
	if len(values) == 0 {
		return Value{State: KeyAbsent}
	}
	return Value{State: KeyKnown, Values: values}
}

// Request is one call to AWS as far as it is known.
type Request struct {
	Action   string
	Resource string
	// ResourceIsPattern says that "*" and "?" in Resource stand for what only
	// deployment decides. Otherwise they are the characters themselves.
	ResourceIsPattern bool
	// ResourceAccount is the account that owns the resource; empty means the
	// principal's own.
	ResourceAccount string
	// Principal is an ARN (role, session, user, federated user, root), an
	// account id, or a service principal.
	Principal string
	// RolePath is the path of the role of a session, such as "/" or "/ci/".
	// Empty means that it is not known: the ARN of a session does not tell it.
	RolePath string
	// ManagementAccount says that the principal's account is the organization's
	// management account.
	ManagementAccount bool
	// Context holds the condition keys. A name ending in "*" speaks for every
	// key that begins so and has no entry of its own. aws:PrincipalArn follows
	// from Principal and need not be here.
	Context map[string]Value
	// Others is the state of the keys that Context does not hold: KeyAbsent,
	// or KeyUnknown, which is the zero value.
	Others KeyState
}
