package iam

import "strings"

// template is a text with policy variables: ${key} or ${key, 'default'}.
type template []piece

// piece is either fixed tokens or a variable.
type piece struct {
	tokens     []rune
	variable   string
	folded     string
	fallback   string
	hasDefault bool
}

// compileTemplate reads the policy variables of a text. wild says whether "*"
// and "?" outside variables are wildcards. The escapes ${*}, ${?} and ${$} are
// the characters themselves.
func compileTemplate(text string, wild bool) template {
	var t template
	var fixed []rune
	flush := func() {
		if len(fixed) > 0 {
			t = append(t, piece{tokens: fixed})
			fixed = nil
		}
	}
	for text != "" {
		open := strings.Index(text, "${")
		length := -1
		if open >= 0 {
			length = strings.IndexByte(text[open:], '}')
		}
		if length < 0 {
			fixed = appendText(fixed, text, wild)
			break
		}
		fixed = appendText(fixed, text[:open], wild)
		inside := text[open+2 : open+length]
		text = text[open+length+1:]
		if inside == "*" || inside == "?" || inside == "$" {
			fixed = appendLiteral(fixed, inside)
			continue
		}
		flush()
		t = append(t, variablePiece(inside))
	}
	flush()
	return t
}

func appendText(tokens []rune, text string, wild bool) []rune {
	if !wild {
		return appendLiteral(tokens, text)
	}
	for _, r := range text {
		tokens = appendWild(tokens, r)
	}
	return tokens
}

func variablePiece(inside string) piece {
	name, rest, hasDefault := strings.Cut(inside, ",")
	name = strings.TrimSpace(name)
	p := piece{variable: name, folded: strings.ToLower(name)}
	rest = strings.TrimSpace(rest)
	if hasDefault && len(rest) >= 2 && rest[0] == '\'' && rest[len(rest)-1] == '\'' {
		p.fallback, p.hasDefault = rest[1:len(rest)-1], true
	}
	return p
}

// isPlaceholder says that the variable's name is no context key: every key has
// a service prefix. Such a text is a template that nobody filled in, and what
// would stand there is not known.
func (p *piece) isPlaceholder() bool { return !strings.Contains(p.variable, ":") }

// expand puts the request's values into the template. The answer is yes with
// the tokens; maybe when a value is not known, the tokens then holding a
// wildcard in its place; no when a variable has no value, so that the text
// matches nothing. What a variable brings in is literal.
func (t template) expand(q *Query, tokens []rune) ([]rune, truth) {
	known := yes
	for i := range t {
		p := &t[i]
		if p.variable == "" {
			tokens = append(tokens, p.tokens...)
			continue
		}
		value, state := q.variable(p)
		switch state {
		case yes:
			tokens = appendLiteral(tokens, value)
		case maybe:
			known = maybe
			tokens = append(tokens, anyMany)
		default:
			return tokens, no
		}
	}
	return tokens, known
}
