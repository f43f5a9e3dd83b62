package template

import "strings"

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
