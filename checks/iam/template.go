package iam

import "strings"

// template is a text with policy variables, ${key} or ${key, 'default'}, or with
// placeholders that nobody filled in.
type template []piece

// piece is either fixed tokens, a variable or a placeholder.
type piece struct {
	tokens     []rune
	variable   string // or the placeholder as written
	folded     string
	fallback   string
	hasDefault bool
	// placeholder says that nobody filled in the text: what would stand there is
	// not known.
	placeholder bool
}

// compileTemplate reads the placeholders of a text, and its policy variables
// where variables says that it may have some. wild says whether "*" and "?"
// outside of them are wildcards. The escapes ${*}, ${?} and ${$} are the
// characters themselves.
func compileTemplate(text string, wild, variables bool) template {
	var t template
	var fixed []rune
	flush := func() {
		if len(fixed) > 0 {
			t = append(t, piece{tokens: fixed})
			fixed = nil
		}
	}
	for text != "" {
		from, to := nextPlaceholder(text)
		open, end := -1, -1
		if variables {
			open, end = nextVariable(text)
		}
		if from >= 0 && (open < 0 || from <= open) {
			fixed = appendText(fixed, text[:from], wild)
			flush()
			t = append(t, piece{variable: text[from:to], placeholder: true})
			text = text[to:]
			continue
		}
		if open < 0 {
			fixed = appendText(fixed, text, wild)
			break
		}
		fixed = appendText(fixed, text[:open], wild)
		inside := text[open+2 : end-1]
		text = text[end:]
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

// nextVariable is where the first ${…} of a text begins and ends, or -1.
func nextVariable(text string) (open, end int) {
	if open = strings.Index(text, "${"); open < 0 {
		return -1, -1
	}
	length := strings.IndexByte(text[open:], '}')
	if length < 0 {
		return -1, -1
	}
	return open, open + length + 1
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
	if !strings.Contains(name, ":") { // every context key has a service prefix
		p.variable, p.placeholder = "${"+inside+"}", true
	}
	rest = strings.TrimSpace(rest)
	if hasDefault && len(rest) >= 2 && rest[0] == '\'' && rest[len(rest)-1] == '\'' {
		p.fallback, p.hasDefault = rest[1:len(rest)-1], true
	}
	return p
}

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
