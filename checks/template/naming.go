package template

import (
	"strconv"
	"strings"
)

// naming is what a resource will be called.
type naming struct {
	kind string // "literal", "pattern", "generated" or "none"
	name Value
	max  int
	ref  Value
	arn  Value
}

// naming predicts the names of a resource.
func (s *stack) naming(r *declaration) naming {
	if n, done := s.names[r.id]; done {
		return n
	}
	t := typeOf(r)
	n := naming{max: t.longest}
	n.name = s.once("the name of "+r.id, r.body, func() Value { return s.physical(r, t, &n) })
	n.ref = s.format(t.ref, r, n.name, "Ref of "+r.id+" is known once it exists")
	n.arn = s.format(t.arn, r, n.name, "the ARN of "+r.id+" is known once it exists")
	if strings.HasPrefix(t.ref, "arn:") && t.arn == "" {
		n.arn = n.ref
	}
	s.names[r.id] = n
	return n
}

func (s *stack) physical(r *declaration, t typeInfo, n *naming) Value {
	n.kind = "none"
	if t.property != "" {
		if v := s.property(r, t.property); v.Kind != NoValue {
			if n.kind = "pattern"; v.Kind == Literal {
				n.kind = "literal"
			}
			return v
		}
	}
	switch t.generated {
	case "stack", "lower":
		n.kind = "generated"
		return s.generate(r.id, t)
	}
	return unknown(r.id + " has no name before it exists")
}

// property resolves one property without resolving its neighbours.
func (s *stack) property(r *declaration, key string) Value {
	if r.properties.kind == mapNode {
		if n := r.properties.get(key); n != nil {
			return s.eval(n)
		}
		return Value{Kind: NoValue, At: Position{s.doc.file, r.line, r.column}}
	}
	return s.eval(r.properties).Get(key)
}

// CloudFormation ends a name that it makes with 12 to 14 random characters.
const (
	randomLeast = 12
	randomMost  = 14
)

// generate predicts <stack>-<logical id>-<random>. When that would be longer
// than the type allows, CloudFormation shortens the longer of the first two, or
// both to half of the room; where exactly depends on the random part.
func (s *stack) generate(id string, t typeInfo) Value {
	stack, logical := s.name.Parts(), []Part{{Text: id}}
	if t.generated == "lower" {
		stack, logical = lower(stack), lower(logical)
	}
	if room := t.longest - 2 - randomMost; t.longest > 0 && length(stack)+length(logical) > room {
		half := room / 2
		keep := max(half, room-length(logical))
		logical = cut(logical, max(half, room-length(stack)))
		stack = cut(stack, keep)
	}
	dash := Part{Text: "-"}
	random := Part{Reason: "CloudFormation ends the name with random characters", Min: randomLeast}
	parts := append(append(append([]Part{}, stack...), dash), logical...)
	v := concat(Value{Kind: Pattern, parts: append(parts, dash, random)})
	v.rooted = s.name.rooted
	return v
}

func length(parts []Part) int { return Value{Kind: Pattern, parts: parts}.MinLen() }

func lower(parts []Part) []Part {
	out := make([]Part, len(parts))
	for i, p := range parts {
		p.Text = strings.ToLower(p.Text)
		out[i] = p
	}
	return out
}

// cut keeps the first n characters; what may follow them is unknown.
func cut(parts []Part, n int) []Part {
	if length(parts) <= n {
		return parts
	}
	var out []Part
	for _, p := range parts {
		if p.Reason != "" {
			p.Min = min(p.Min, n)
			n -= p.Min
		} else {
			p.Text = p.Text[:min(len(p.Text), n)]
			n -= len(p.Text)
		}
		out = append(out, p)
		if n <= 0 {
			break
		}
	}
	if out[len(out)-1].Reason == "" {
		out = append(out, Part{Reason: "CloudFormation shortens the name"})
	}
	return out
}

// format fills a row of types.txt for one resource.
func (s *stack) format(pattern string, r *declaration, name Value, reason string) Value {
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

func (s *stack) token(token string, r *declaration, name Value, reason string) Value {
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
func (s *stack) balancer(r *declaration) Value {
	switch text, known := s.property(r, "Type").Literal(); {
	case known && text == "network":
		return literal("net")
	case known && text == "gateway":
		return literal("gwy")
	}
	return literal("app")
}
