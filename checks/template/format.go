package template

import (
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// format fills a row of types.txt for one resource.
func (s *stack) format(pattern string, r *sam.Resource, name Value, reason string) Value {
	if pattern == "" {
		return unknown(reason)
	}
	var out []Value
	for pattern != "" {
		text, rest, found := strings.Cut(pattern, "{")
		out = append(out, literal(text))
		if !found {
			break
		}
		var token string
		token, pattern, _ = strings.Cut(rest, "}")
		out = append(out, s.token(token, r, name, reason))
	}
	return concat(out...)
}

func (s *stack) token(token string, r *sam.Resource, name Value, reason string) Value {
	switch token {
	case "n":
		return name
	case "p":
		return s.pseudo("AWS::Partition")
	case "r":
		return s.pseudo("AWS::Region")
	case "a":
		return s.pseudo("AWS::AccountId")
	case "s":
		return s.pseudo("AWS::URLSuffix")
	case "elb":
		return s.balancer(r)
	}
	if least, is := strings.CutPrefix(token, "?"); is {
		n, _ := strconv.Atoi(least)
		return hole("", reason, n)
	}
	property, preset, _ := strings.Cut(token, "|")
	if v := s.property(r, property); v.Kind != NoValue {
		return v
	}
	return literal(preset)
}

// balancer is the word for a load balancer's type in its ARN.
func (s *stack) balancer(r *sam.Resource) Value {
	switch text, known := s.property(r, "Type").Literal(); {
	case known && text == "network":
		return literal("net")
	case known && text == "gateway":
		return literal("gwy")
	}
	return literal("app")
}
