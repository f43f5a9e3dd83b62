package iam

import "fmt"

// Kind is what a policy document is used as. The same text may be valid as one
// kind and malformed as another.
type Kind uint8

const (
	Identity Kind = iota
	SCP
	RCP
	Boundary
	Session
	Resource
)

// String is the name of the layer, as answers and reports spell it.
func (k Kind) String() string {
	switch k {
	case SCP:
		return "scp"
	case RCP:
		return "rcp"
	case Boundary:
		return "permissionsBoundary"
	case Session:
		return "session"
	case Resource:
		return "resource"
	}
	return "identity"
}

// MarshalText writes the name of the layer.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// takesPrincipal says whether a statement of this kind may name principals.
func (k Kind) takesPrincipal() bool { return k == RCP || k == Resource }

// The quotas of AWS Organizations count characters; white space outside strings
// is not held against a document, because the console strips it on saving and a
// file may be indented. The other kinds have no single limit (an AWS managed
// policy may be long), so theirs is that of the policy simulator.
const (
	maxSCPSize    = 10240
	maxRCPSize    = 5120
	maxPolicySize = 131072
)

func (k Kind) maxSize() int {
	switch k {
	case SCP:
		return maxSCPSize
	case RCP:
		return maxRCPSize
	}
	return maxPolicySize
}

func (k Kind) sizeError(size int) string {
	return fmt.Sprintf("the document has %d characters; a policy of kind %s may have %d", size, k, k.maxSize())
}
