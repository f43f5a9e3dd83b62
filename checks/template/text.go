package template

import "strings"

// concat joins texts into one: a literal when every piece is known.
func concat(values ...Value) Value {
	var t texts
	for _, v := range values {
		if !t.add(v) {
			break
		}
	}
	return t.value()
}

// texts puts a text together, up to the bounds on one.
type texts struct {
	parts  []Part
	run    strings.Builder // of known text, not yet a part
	length int
	open   bool // some part is unknown
	rooted bool
	over   bool
}

// add answers false when the text has become longer than is resolved.
func (t *texts) add(v Value) bool {
	t.rooted = t.rooted || v.rooted
	for _, p := range v.Parts() {
		t.length += len(p.Text)
		if t.over = t.over || t.length > maxText || len(t.parts) > maxParts; t.over {
			return false
		}
		if p.Reason == "" {
			t.run.WriteString(p.Text)
			continue
		}
		t.open = true
		t.flush()
		t.parts = append(t.parts, p)
	}
	return true
}

func (t *texts) flush() {
	if t.run.Len() > 0 {
		t.parts = append(t.parts, Part{Text: t.run.String()})
		t.run.Reset()
	}
}

func (t *texts) value() Value {
	t.flush()
	if parts := dynamic(t.parts); parts != nil {
		t.parts, t.open = parts, true
	}
	switch {
	case t.over:
		return unknown(tooLarge)
	case t.open:
		return Value{Kind: Pattern, parts: t.parts, rooted: t.rooted}
	case len(t.parts) == 0:
		return Value{Kind: Literal, parts: []Part{{}}, rooted: t.rooted}
	}
	return Value{Kind: Literal, parts: t.parts, rooted: t.rooted}
}

// hole is a text of which nothing is known but, perhaps, its length.
func hole(name, reason string, least int) Value {
	return Value{Kind: Pattern, parts: []Part{{Name: name, Reason: reason, Min: least}}}
}

// same compares two values as Fn::Equals does.
func same(a, b Value) Truth {
	if a.Kind == List && b.Kind == List && a.reason == "" && b.reason == "" {
		return sameLists(a.items, b.items)
	}
	if a.Kind == Literal && b.Kind == Literal {
		return truth(a.parts[0].Text == b.parts[0].Text)
	}
	if a.Kind == Pattern && b.Kind == Pattern {
		return sameNames(a.parts, b.parts)
	}
	if b.Kind == Pattern {
		a, b = b, a
	}
	if a.Kind == Pattern && b.Kind == Literal && !couldBe(a.parts, b.parts[0].Text) {
		return No
	}
	return Undecided
}

func sameLists(a, b []Value) Truth {
	if len(a) != len(b) {
		return No
	}
	all := Yes
	for i := range a {
		all = all.and(same(a[i], b[i]))
	}
	return all
}

// sameNames knows two patterns to be equal when every unknown part of them is
// the same named thing.
func sameNames(a, b []Part) Truth {
	if len(a) != len(b) {
		return Undecided
	}
	for i := range a {
		if a[i].Text != b[i].Text || a[i].Name != b[i].Name || a[i].Reason != "" && a[i].Name == "" {
			return Undecided
		}
	}
	return Yes
}

// couldBe tells whether a text fits a pattern. Known texts are looked for from
// the left, which is right because an unknown part may be anything.
func couldBe(parts []Part, text string) bool {
	free := 0 // characters that unknown parts before this one still need
	loose := false
	for i, p := range parts {
		if p.Reason != "" {
			free, loose = free+p.Min, true
			continue
		}
		if len(text) < free {
			return false
		}
		at := strings.Index(text[free:], p.Text)
		if i == len(parts)-1 {
			at = len(text) - free - len(p.Text)
			if at < 0 || !strings.HasSuffix(text, p.Text) {
				return false
			}
		}
		if at < 0 || at > 0 && !loose {
			return false
		}
		text, free, loose = text[free+at+len(p.Text):], 0, false
	}
	return len(text) >= free && (loose || text == "")
}
