package iam

import "strings"

// arnParts is how many parts an ARN has: arn, partition, service, region,
// account and the resource, which may itself hold colons.
const arnParts = 6

// splitARN splits an ARN at its first five colons.
func splitARN(s string) (parts [arnParts]string, ok bool) {
	if !strings.HasPrefix(s, "arn:") {
		return parts, false
	}
	for i := range arnParts - 1 {
		before, after, found := strings.Cut(s, ":")
		if !found {
			return parts, false
		}
		parts[i], s = before, after
	}
	parts[arnParts-1] = s
	return parts, true
}

func onlyStars(s string) bool { return s != "" && strings.Trim(s, "*") == "" }

// splitTokens splits tokens at their first five literal colons. short says
// there were fewer.
func splitTokens(tokens []rune) (parts [arnParts][]rune, short bool) {
	n, from := 0, 0
	for i, r := range tokens {
		if r == ':' && n < arnParts-1 {
			parts[n] = tokens[from:i]
			n++
			from = i + 1
		}
	}
	parts[n] = tokens[from:]
	return parts, n < arnParts-1
}

// arnPattern is the value of an Arn condition: each of the six parts is a glob
// of its own.
type arnPattern struct {
	any    bool // "*" alone
	short  bool
	parts  [arnParts]pattern
	tokens []rune
}

func compileARNPattern(text string) arnPattern {
	a := arnPattern{any: onlyStars(text), tokens: tokenize(text)}
	parts := strings.SplitN(text, ":", arnParts)
	a.short = len(parts) < arnParts
	for i, part := range parts {
		a.parts[i] = compilePattern(part)
	}
	return a
}

// match compares a context value. How AWS reads a pattern with fewer than six
// parts is not documented: where the possible readings differ it is maybe.
func (a *arnPattern) match(v *contextValue) truth {
	if a.any {
		return yes
	}
	if a.short {
		return and(maybe, truthOf(matchTokens(a.tokens, v.text, false) || a.matchPadded(v)))
	}
	if !v.isARN {
		return no
	}
	for i := range a.parts {
		if !a.parts[i].match(v.arn[i]) {
			return no
		}
	}
	return yes
}

func (a *arnPattern) matchPadded(v *contextValue) bool {
	if !v.isARN {
		return false
	}
	for i := range a.parts {
		if a.parts[i].tokens != nil && !a.parts[i].match(v.arn[i]) {
			return false
		}
	}
	return true
}

// matchARNTokens is match for a pattern whose variables were just expanded.
func matchARNTokens(tokens []rune, v *contextValue) truth {
	parts, short := splitTokens(tokens)
	if short {
		return and(maybe, truthOf(matchTokens(tokens, v.text, false)))
	}
	if !v.isARN {
		return no
	}
	for i := range parts {
		if !matchTokens(parts[i], v.arn[i], false) {
			return no
		}
	}
	return yes
}
