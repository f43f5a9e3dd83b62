package iam

// truth is a value of Kleene's three-valued logic. The order of the constants
// matters: and is the smaller of two, or is the larger.
type truth uint8

const (
	no truth = iota
	maybe
	yes
)

func and(a, b truth) truth { return min(a, b) }

func or(a, b truth) truth { return max(a, b) }

func not(a truth) truth { return yes - a }

// agree is what two readings of the same thing say together: their answer when
// it is one, else maybe.
func agree(a, b truth) truth {
	if a == b {
		return a
	}
	return maybe
}

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}
