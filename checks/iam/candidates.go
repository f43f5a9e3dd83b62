package iam

import (
	"slices"
	"strings"
	"time"
)

// candidates are values worth trying for a key: what the policies themselves
// name, then its absence, then values beside those.
func candidates(folded string, statements []*Statement) []Passing {
	var named, beside []Passing
	for _, s := range statements {
		for i := range s.conditions {
			c := &s.conditions[i]
			if c.folded != folded {
				continue
			}
			for j := range c.entries {
				n, b := c.entries[j].candidates(c.op)
				named, beside = append(named, n...), append(beside, b...)
			}
		}
	}
	if len(named)+len(beside) == 0 {
		return nil // the key stands only in a variable
	}
	named = append(named, Passing{Value: Value{State: KeyAbsent}})
	return slices.Concat(named, beside, []Passing{{Value: Is("any-other-value")}, {Value: Is("arn:aws:iam::000000000000:role/any-other")}})
}

func (e *entry) candidates(o operator) (named, beside []Passing) {
	is := func(text string) Passing { return Passing{Value: Is(text)} }
	switch o.family {
	case famBool:
		return nil, []Passing{is("true"), is("false")}
	case famNull:
		return nil, nil
	case famNumeric:
		return []Passing{{Value: Is(e.text), Pattern: e.text}}, []Passing{is("0"), is("1" + e.number.whole)}
	case famDate:
		beside = []Passing{is(time.Unix(0, 0).UTC().Format(time.RFC3339)), is(time.Unix(maxEpoch, 0).UTC().Format(time.RFC3339))}
	case famIP:
		if e.readable {
			named = []Passing{{Value: Is(e.network.Addr().String()), Pattern: e.text}}
		}
		return named, []Passing{is("192.0.2.1"), is("198.51.100.1"), is("203.0.113.1"), is("2001:db8::1")}
	}
	if e.variable == nil {
		named = []Passing{{Value: Is(e.instance(o)), Pattern: e.text}}
	}
	return named, beside
}

// instance is a value that the entry matches.
func (e *entry) instance(o operator) string {
	if o.family != famStringLike && o.family != famARN {
		return e.text
	}
	return strings.NewReplacer("*", "x", "?", "x").Replace(e.text)
}
