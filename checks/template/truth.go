package template

// Truth is a condition's value, or whether something exists. The zero value is
// undecided.
type Truth uint8

// Undecided depends on what only the deployment knows.
const (
	Undecided Truth = iota
	No
	Yes
)

func (t Truth) String() string { return [...]string{"undecided", "no", "yes"}[t] }

func truth(b bool) Truth {
	if b {
		return Yes
	}
	return No
}

func (t Truth) and(u Truth) Truth {
	switch {
	case t == No || u == No:
		return No
	case t == Yes && u == Yes:
		return Yes
	}
	return Undecided
}

func (t Truth) not() Truth {
	switch t {
	case Yes:
		return No
	case No:
		return Yes
	}
	return Undecided
}

func (t Truth) or(u Truth) Truth { return t.not().and(u.not()).not() }
