package iam

import (
	"encoding/base64"
	"net/netip"
	"strings"
)

// entry is one value of a condition, read as its operator needs it.
type entry struct {
	text     string
	readable bool // false when the text is no number, date, address … at all
	glob     pattern
	arn      arnPattern
	variable template // set when the text holds policy variables
	number   decimal
	date     instant
	network  netip.Prefix
	boolean  bool
	binary   string
}

func compileEntry(o operator, text string, variables bool) entry {
	e := entry{text: text, readable: true}
	wild := o.family == famStringLike || o.family == famARN
	if o.takesVariables() && (variables && strings.Contains(text, "${") || hasPlaceholder(text)) {
		e.variable = compileTemplate(text, wild, variables)
		return e
	}
	switch o.family {
	case famStringLike:
		e.glob = compilePattern(text)
	case famARN:
		e.arn = compileARNPattern(text)
	case famNumeric:
		e.number, e.readable = parseDecimal(text)
	case famDate:
		e.date, e.readable = parseInstant(text)
	case famIP:
		e.network, e.readable = parseNetwork(text)
	case famBool, famNull:
		e.boolean, e.readable = parseBool(text)
	case famBinary:
		raw, err := base64.StdEncoding.DecodeString(text)
		e.binary, e.readable = string(raw), err == nil
	}
	return e
}

func parseBool(s string) (value, ok bool) {
	switch {
	case strings.EqualFold(s, "true"):
		return true, true
	case strings.EqualFold(s, "false"):
		return false, true
	}
	return false, false
}

// match says whether a context value meets the entry, before any negation.
func (e *entry) match(o operator, v *contextValue, q *Query) truth {
	if e.variable != nil {
		return e.matchVariable(o, v, q)
	}
	switch o.family {
	case famString:
		return truthOf(v.text == e.text)
	case famStringFold:
		return truthOf(strings.EqualFold(v.text, e.text))
	case famStringLike:
		return truthOf(e.glob.match(v.text))
	case famARN:
		return e.arn.match(v)
	case famBinary:
		return truthOf(v.text == e.text || e.readable && v.text == e.binary)
	}
	if !e.readable {
		return maybe
	}
	switch o.family {
	case famNumeric:
		if v.isNumber {
			return truthOf(o.ordering.holds(v.number.compare(e.number)))
		}
	case famDate:
		if v.isDate {
			return v.date.compare(e.date, o.ordering.holds)
		}
	case famIP:
		if v.isAddress {
			return truthOf(e.network.Contains(v.address))
		}
	case famBool:
		if v.isBool {
			return truthOf(v.boolean == e.boolean)
		}
	}
	return maybe
}

func (e *entry) matchVariable(o operator, v *contextValue, q *Query) truth {
	var buf [tokenBuffer]rune
	tokens, known := e.variable.expand(q, buf[:0])
	switch {
	case known == no:
		return no
	case known == maybe:
		// What the variable brings in may hold colons, so parts cannot be told.
		return and(maybe, truthOf(matchTokens(tokens, v.text, o.family == famStringFold)))
	case o.family == famARN:
		return matchARNTokens(tokens, v)
	}
	return truthOf(matchTokens(tokens, v.text, o.family == famStringFold))
}

// tokenBuffer is room on the stack for a text with its variables put in; a
// longer one is made on the heap.
const tokenBuffer = 512
