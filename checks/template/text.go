package template

import "strings"

// concat joins texts into one: a literal when every piece is known.
func concat(values ...Value) Value {
	out := Value{Kind: Literal}
	var parts []Part
	for _, v := range values {
		out.rooted = out.rooted || v.rooted
		for _, p := range v.Parts() {
			if last := len(parts) - 1; last >= 0 && p.Reason == "" && parts[last].Reason == "" {
				parts[last].Text += p.Text
				continue
			}
			if p.Reason != "" {
				out.Kind = Pattern
			} else if p.Text == "" {
				continue
			}
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		parts = []Part{{}}
	}
	out.parts = parts
	return out
}

// hole is a text of which nothing is known but, perhaps, its length.
func hole(name, reason string, least int) Value {
	return Value{Kind: Pattern, parts: []Part{{Name: name, Reason: reason, Min: least}}}
}

// same compares two values as Fn::Equals does.
func same(a, b Value) Truth {
	if a.Kind == List && b.Kind == List {
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
