package iam

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The two wildcards as tokens. A literal token is the rune itself.
const (
	anyOne  rune = -1
	anyMany rune = -2
)

type shape uint8

const (
	shapeExact shape = iota
	shapeAll
	shapePrefix // literal text, then one "*"
	shapeGlob
)

// pattern is a glob of "*" and "?", compiled.
type pattern struct {
	shape  shape
	text   string // the literal part of shapeExact and shapePrefix
	tokens []rune
}

func compilePattern(text string) pattern {
	p := pattern{tokens: tokenize(text)}
	wild := strings.IndexAny(text, "*?")
	switch {
	case wild < 0:
		p.shape, p.text = shapeExact, text
	case len(p.tokens) == 1 && p.tokens[0] == anyMany:
		p.shape = shapeAll
	case p.tokens[len(p.tokens)-1] == anyMany && strings.Trim(text[wild:], "*") == "":
		p.shape, p.text = shapePrefix, text[:wild]
	default:
		p.shape = shapeGlob
	}
	return p
}

// tokenize splits a glob into tokens; a run of "*" is one.
func tokenize(text string) []rune {
	tokens := make([]rune, 0, len(text))
	for _, r := range text {
		tokens = appendWild(tokens, r)
	}
	return tokens
}

func appendWild(tokens []rune, r rune) []rune {
	switch r {
	case '?':
		return append(tokens, anyOne)
	case '*':
		if len(tokens) > 0 && tokens[len(tokens)-1] == anyMany {
			return tokens
		}
		return append(tokens, anyMany)
	}
	return append(tokens, r)
}

func appendLiteral(tokens []rune, text string) []rune {
	for _, r := range text {
		tokens = append(tokens, r)
	}
	return tokens
}

func (p *pattern) match(s string) bool {
	switch p.shape {
	case shapeExact:
		return s == p.text
	case shapeAll:
		return true
	case shapePrefix:
		return strings.HasPrefix(s, p.text)
	}
	return matchTokens(p.tokens, s, false)
}

// matchTokens matches a whole string. Going back only to the last "*" is enough
// for globs, so the work is bounded by len(tokens) × len(s).
func matchTokens(tokens []rune, s string, fold bool) bool {
	t, at := 0, 0
	star, resume := -1, 0
	for at < len(s) {
		r, width := utf8.DecodeRuneInString(s[at:])
		switch {
		case t < len(tokens) && tokens[t] == anyMany:
			star, resume = t, at
			t++
		case t < len(tokens) && matchOne(tokens[t], r, fold):
			t++
			at += width
		case star >= 0:
			_, width = utf8.DecodeRuneInString(s[resume:])
			resume += width
			t, at = star+1, resume
		default:
			return false
		}
	}
	for t < len(tokens) && tokens[t] == anyMany {
		t++
	}
	return t == len(tokens)
}

func matchOne(token, r rune, fold bool) bool {
	if token == anyOne || token == r {
		return true
	}
	return fold && token >= 0 && unicode.ToLower(token) == unicode.ToLower(r)
}
