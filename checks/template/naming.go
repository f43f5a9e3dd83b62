package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
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
func (s *stack) naming(r *sam.Resource) naming {
	if n, done := s.names[r.ID]; done {
		return n
	}
	t := typeOf(r)
	n := naming{max: t.longest}
	n.name = s.ofResource(s.once("the name of "+r.ID, r.Body, func() Value { return s.physical(r, t, &n) }), r, "name")
	n.ref = s.ofResource(s.format(t.ref, r, n.name, "Ref of "+r.ID+" is known once it exists"), r, "Ref")
	n.arn = s.ofResource(s.format(t.arn, r, n.name, "the ARN of "+r.ID+" is known once it exists"), r, "Arn")
	if strings.HasPrefix(t.ref, "arn:") && t.arn == "" {
		n.arn = n.ref
	}
	s.names[r.ID] = n
	return n
}

func (s *stack) physical(r *sam.Resource, t typeInfo, n *naming) Value {
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
		return s.generate(r.ID, t)
	}
	return unknown(r.ID + " has no name before it exists")
}

// property resolves one property without resolving its neighbours.
func (s *stack) property(r *sam.Resource, key string) Value {
	if r.Properties.Kind == cfn.Map {
		if n := r.Properties.Get(key); n != nil {
			return s.eval(n)
		}
		return Value{Kind: NoValue, At: s.place(r.Entry.Pos)}
	}
	return s.eval(r.Properties).Get(key)
}

// CloudFormation ends a name that it makes with 12 to 14 random characters.
const (
	randomLeast = 12
	randomMost  = 14
)
