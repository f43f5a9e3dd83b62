package iam

import "strings"

// resourcePattern is one entry of Resource or NotResource.
type resourcePattern struct {
	all    bool
	padded bool // fewer than six parts, the rest taken as "*"
	parts  [arnParts]pattern
	tail   template       // the sixth part, when it holds policy variables
	tokens []rune         // of the whole text
	odd    bool           // neither an ARN nor "*": what it means is not documented
	vague  [arnParts]bool // a placeholder stands where no variable may
}

// compileResource compiles an entry. Policy variables have a meaning only after
// the fifth colon; before it "${…}" is text.
func compileResource(text string, variables bool) resourcePattern {
	r := resourcePattern{all: onlyStars(text), odd: !strings.HasPrefix(text, "arn:"), tokens: tokenize(text)}
	parts := strings.SplitN(placeholdersWithoutColons(text), ":", arnParts)
	r.padded = len(parts) < arnParts
	for i := range r.parts {
		part := "*"
		if i < len(parts) {
			part = parts[i]
		}
		r.parts[i] = compilePattern(part)
		unfilled := hasPlaceholder(part)
		switch {
		case !unfilled && (!variables || !strings.Contains(part, "${")):
		case i == arnParts-1:
			r.tail = compileTemplate(part, true, variables)
		case unfilled || strings.Contains(part, "}"):
			r.vague[i] = true
		}
	}
	return r
}

// match says whether the entry matches the request's resource.
func (r *resourcePattern) match(q *Query, kind Kind) truth {
	res := &q.resource
	if r.all {
		return yes
	}
	if r.odd {
		return maybe
	}
	if !res.isARN {
		return r.meets(res)
	}
	result := yes
	for i := range arnParts - 1 {
		if r.vague[i] {
			result = maybe
		} else if result = and(result, r.parts[i].matchPart(res, i)); result == no {
			return no
		}
	}
	result = and(result, r.matchTail(q))
	if r.padded && (kind == SCP || kind == RCP || kind == Resource) {
		// Padding is documented for policies of IAM only.
		result = and(result, maybe)
	}
	return result
}

// meets compares with a request that is no ARN: "*", which an ARN never
// matches, or a pattern too wide to have six parts.
func (r *resourcePattern) meets(res *requestResource) truth {
	if !res.isPattern {
		return no
	}
	a := automaton(r.tokens)
	return and(maybe, truthOf(r.tail != nil || a.long() || a.meets(res.tokens)))
}

func (p *pattern) matchPart(res *requestResource, i int) truth {
	if res.isPattern {
		return relate(p.tokens, res.partTok[i])
	}
	return truthOf(p.match(res.parts[i]))
}

func (r *resourcePattern) matchTail(q *Query) truth {
	const last = arnParts - 1
	res := &q.resource
	if r.tail == nil {
		return r.parts[last].matchPart(res, last)
	}
	var buf [tokenBuffer]rune
	tokens, known := r.tail.expand(q, buf[:0])
	if known == no {
		return no
	}
	if res.isPattern {
		return and(known, relate(tokens, res.partTok[last]))
	}
	return and(known, truthOf(matchTokens(tokens, res.parts[last], false)))
}
