package iam

import "strings"

// requestResource is the resource of a request: an ARN, the "*" of an action
// without resources, or a pattern of either.
type requestResource struct {
	text      string
	isPattern bool
	isARN     bool
	parts     [arnParts]string
	tokens    []rune // of the whole text, for a pattern
	partTok   [arnParts][]rune
}

func newRequestResource(text string, isPattern bool) requestResource {
	r := requestResource{text: text, isPattern: isPattern && strings.ContainsAny(text, "*?")}
	r.parts, r.isARN = splitARN(text)
	if !r.isPattern {
		return r
	}
	r.tokens = tokenize(text)
	for i, part := range r.parts {
		r.partTok[i] = tokenize(part)
	}
	return r
}
