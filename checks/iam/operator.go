package iam

import "strings"

type family uint8

const (
	famString family = iota
	famStringFold
	famStringLike
	famARN
	famNumeric
	famDate
	famBool
	famBinary
	famIP
	famNull
)

type ordering uint8

const (
	orderEqual ordering = iota
	orderLess
	orderLessEqual
	orderGreater
	orderGreaterEqual
)

func (o ordering) holds(order int) bool {
	switch o {
	case orderLess:
		return order < 0
	case orderLessEqual:
		return order <= 0
	case orderGreater:
		return order > 0
	case orderGreaterEqual:
		return order >= 0
	}
	return order == 0
}

// quantifier is the set operator before a condition operator.
type quantifier uint8

const (
	quantNone quantifier = iota
	quantAll
	quantAny
)

// operator is a condition operator taken apart.
type operator struct {
	family   family
	ordering ordering
	negated  bool
	ifExists bool
	quant    quantifier
}

// takesVariables says whether the values may hold policy variables.
func (o operator) takesVariables() bool { return o.family <= famARN }

func baseOperator(name string) (operator, bool) {
	switch name {
	case "stringequals":
		return operator{family: famString}, true
	case "stringnotequals":
		return operator{family: famString, negated: true}, true
	case "stringequalsignorecase":
		return operator{family: famStringFold}, true
	case "stringnotequalsignorecase":
		return operator{family: famStringFold, negated: true}, true
	case "stringlike":
		return operator{family: famStringLike}, true
	case "stringnotlike":
		return operator{family: famStringLike, negated: true}, true
	case "arnequals", "arnlike":
		return operator{family: famARN}, true
	case "arnnotequals", "arnnotlike":
		return operator{family: famARN, negated: true}, true
	case "bool":
		return operator{family: famBool}, true
	case "binaryequals":
		return operator{family: famBinary}, true
	case "ipaddress":
		return operator{family: famIP}, true
	case "notipaddress":
		return operator{family: famIP, negated: true}, true
	case "null":
		return operator{family: famNull}, true
	}
	if rest, ok := strings.CutPrefix(name, "numeric"); ok {
		return orderedOperator(famNumeric, rest)
	}
	if rest, ok := strings.CutPrefix(name, "date"); ok {
		return orderedOperator(famDate, rest)
	}
	return operator{}, false
}

func orderedOperator(f family, relation string) (operator, bool) {
	o := operator{family: f}
	switch relation {
	case "equals":
	case "notequals":
		o.negated = true
	case "lessthan":
		o.ordering = orderLess
	case "lessthanequals":
		o.ordering = orderLessEqual
	case "greaterthan":
		o.ordering = orderGreater
	case "greaterthanequals":
		o.ordering = orderGreaterEqual
	default:
		return operator{}, false
	}
	return o, true
}

// parseOperator reads a whole operator. Null takes neither a set operator nor
// IfExists: it is itself the test of presence.
func parseOperator(text string) (operator, bool) {
	name := strings.ToLower(text)
	quant := quantNone
	if rest, ok := strings.CutPrefix(name, "forallvalues:"); ok {
		quant, name = quantAll, rest
	} else if rest, ok := strings.CutPrefix(name, "foranyvalue:"); ok {
		quant, name = quantAny, rest
	}
	name, ifExists := strings.CutSuffix(name, "ifexists")
	o, ok := baseOperator(name)
	if !ok || o.family == famNull && (ifExists || quant != quantNone) {
		return operator{}, false
	}
	o.quant, o.ifExists = quant, ifExists
	return o, true
}
