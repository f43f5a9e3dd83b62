package changes

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// verdict says whether two values differ. The zero value is perhaps: what
// nobody could compare is never taken for equal.
type verdict uint8

const (
	perhaps verdict = iota
	equal
	differs
)

// and is the verdict on two parts of one thing: one part that differs is enough.
func (v verdict) and(w verdict) verdict {
	switch {
	case v == differs || w == differs:
		return differs
	case v == equal && w == equal:
		return equal
	}
	return perhaps
}

// compare says whether the old and the new value are the same in the deployed
// stack and after the update.
func (c *Comparison) compare(old, new template.Value) verdict {
	if c.steps++; c.steps > maxSteps {
		return perhaps
	}
	switch {
	case isText(old) && isText(new):
		return c.texts(old, new)
	case old.Kind == template.NoValue && new.Kind == template.NoValue:
		return equal
	case old.Kind == template.Unknown || new.Kind == template.Unknown:
		return c.unknowns(old, new)
	case old.Kind == template.List && new.Kind == template.List:
		return c.lists(old, new)
	case old.Kind == template.Map && new.Kind == template.Map:
		return c.maps(old, new)
	}
	return differs
}

func isText(v template.Value) bool { return v.Kind == template.Literal || v.Kind == template.Pattern }

// unknowns compares where one side is not known: by what they come of, and else
// by what each of them may be.
func (c *Comparison) unknowns(old, new template.Value) verdict {
	if old.Kind == new.Kind {
		a, known := old.Origin()
		b, also := new.Origin()
		if known && also {
			if v := c.origins(a, b); v != perhaps {
				return v
			}
		}
	}
	if isText(old) || isText(new) {
		if old.Kind == template.Unknown && len(old.Branches()) == 0 || new.Kind == template.Unknown && len(new.Branches()) == 0 {
			return c.texts(old, new)
		}
	}
	if all := c.branches(old, new); all != nil {
		same, other := true, true
		for _, v := range all {
			same, other = same && v == equal, other && v == differs
		}
		switch {
		case same:
			return equal
		case other:
			return differs
		}
	}
	return perhaps
}

// branches compares every value that one side may have with the other side; nil
// where neither side has any.
func (c *Comparison) branches(old, new template.Value) []verdict {
	var out []verdict
	for _, b := range old.Branches() {
		out = append(out, c.compare(b, new))
	}
	if len(out) > 0 {
		return out
	}
	for _, b := range new.Branches() {
		out = append(out, c.compare(old, b))
	}
	return out
}

func (c *Comparison) lists(old, new template.Value) verdict {
	a, b := old.Items(), new.Items()
	out := c.whole(old, new)
	if len(a) != len(b) {
		if out == equal {
			return differs
		}
		return perhaps
	}
	for i := range a {
		out = out.and(c.compare(a[i], b[i]))
	}
	return out
}

func (c *Comparison) maps(old, new template.Value) verdict {
	out := c.whole(old, new)
	for _, f := range old.Fields() {
		out = out.and(c.compare(f.Value, new.Get(f.Key)))
	}
	for _, f := range new.Fields() {
		if old.Get(f.Key).Kind == template.NoValue {
			out = out.and(differs)
		}
	}
	return out
}

// whole compares what two lists or maps hold beside what is seen of them.
func (c *Comparison) whole(old, new template.Value) verdict {
	if old.Reason() == "" && new.Reason() == "" {
		return equal
	}
	a, known := old.Origin()
	b, also := new.Origin()
	if known && also && c.origins(a, b) == equal {
		return equal
	}
	return perhaps
}

// texts compares two texts part by part.
func (c *Comparison) texts(old, new template.Value) verdict {
	if old.Kind == template.Literal && new.Kind == template.Literal {
		if old.SameText(new) {
			return equal
		}
		return differs
	}
	a, b := old.Parts(), new.Parts()
	if len(a) == len(b) {
		if v, aligned := c.parts(a, b); aligned {
			return v
		}
	}
	if apart(a, b) || apart(b, a) {
		return differs
	}
	return perhaps
}

// parts compares texts of which the same parts are known; aligned is false
// where they are not.
func (c *Comparison) parts(a, b []template.Part) (v verdict, aligned bool) {
	v = equal
	for i := range a {
		switch {
		case (a[i].Reason == "") != (b[i].Reason == ""):
			return perhaps, false
		case a[i].Reason != "":
			v = v.and(c.holes(a[i], b[i]))
		case a[i].Text != b[i].Text:
			return perhaps, false
		}
	}
	return v, true
}

func (c *Comparison) holes(a, b template.Part) verdict {
	from, known := a.Origin()
	to, also := b.Origin()
	if !known || !also {
		return perhaps
	}
	return c.origins(from, to)
}

// apart tells whether what is known at the ends of two texts differs.
func apart(a, b []template.Part) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	start, other := a[0], b[0]
	if start.Reason == "" && other.Reason == "" && !strings.HasPrefix(start.Text, other.Text) && !strings.HasPrefix(other.Text, start.Text) {
		return true
	}
	end, last := a[len(a)-1], b[len(b)-1]
	if end.Reason == "" && last.Reason == "" && !strings.HasSuffix(end.Text, last.Text) && !strings.HasSuffix(last.Text, end.Text) {
		return true
	}
	// A text that is known whole is shorter than the other one can be.
	return len(a) == 1 && start.Reason == "" && length(b) > len(start.Text)
}

func length(parts []template.Part) int {
	n := 0
	for _, p := range parts {
		n += len(p.Text) + p.Min
	}
	return n
}
