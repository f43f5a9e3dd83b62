package template

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks"
)

var (
	//go:embed measured.txt
	measuredText string

	measuredRows = sync.OnceValue(func() map[string][]observed { return observe(measuredText) })
)

// sizes measures what services limit the size of.
func (t *Tree) sizes() []checks.Size {
	var out []checks.Size
	for r := range t.Resources() {
		rows := measuredRows()[r.Type]
		if len(rows) == 0 || r.Exists == No || r.MayChange() {
			continue
		}
		for _, o := range rows {
			m := measurement{}
			m.follow(r.Properties(), o.steps)
			if m.parts == 0 {
				continue
			}
			at := m.at
			if at.File != r.At.File {
				at = r.At
			}
			out = append(out, checks.Size{
				Subject: r.Subject, Type: r.Type, Path: o.path, Characters: m.characters, JSON: m.json, Parts: m.parts,
				Exists: r.Exists.String(), File: at.File, Line: at.Line, Column: at.Column,
			})
		}
	}
	return append(out, t.inlinePolicies()...)
}

// measurement sums up the least sizes of values.
type measurement struct {
	characters, json, parts int
	at                      Position
}

// follow measures what stands at a path. Of the values that an undecided
// condition may choose, it takes the smallest.
func (m *measurement) follow(v Value, steps []string) {
	if branches := v.Branches(); len(branches) > 0 {
		best := measurement{}
		for i, b := range branches {
			one := measurement{}
			if one.follow(b, steps); i == 0 || one.characters < best.characters {
				best = one
			}
		}
		m.add(best)
		return
	}
	switch {
	case v.Kind == NoValue, v.Kind == Unknown && len(steps) > 0:
	case len(steps) == 0:
		m.add(measurement{characters: characters(v), json: alone(v), parts: 1, at: v.At})
	case steps[0] != "*":
		m.follow(v.Get(steps[0]), steps[1:])
	default:
		for _, item := range v.Items() {
			m.follow(item, steps[1:])
		}
		for _, f := range v.Fields() {
			m.follow(f.Value, steps[1:])
		}
	}
}

func (m *measurement) add(one measurement) {
	if m.parts == 0 {
		m.at = one.at
	}
	m.characters += one.characters
	m.json += one.json
	m.parts += one.parts
}

// characters is the least length of a document without white space between its
// tokens; of a document that is given as a text, without any white space.
func characters(v Value) int {
	if v.Kind != Literal && v.Kind != Pattern {
		return least(v)
	}
	n := 0
	for _, p := range v.Parts() {
		n += p.Min
		for _, c := range p.Text {
			if !unicode.IsSpace(c) {
				n++
			}
		}
	}
	return n
}

// alone is the least length of a document, which may be given as a text.
func alone(v Value) int {
	if v.Kind != Literal && v.Kind != Pattern {
		return least(v)
	}
	n := 0
	for _, p := range v.Parts() {
		n += p.Min + utf8.RuneCountInString(p.Text)
	}
	return n
}

// leastBytes is the least length of a text in UTF-8.
func leastBytes(v Value) int {
	if branches := v.Branches(); len(branches) > 0 {
		n := leastBytes(branches[0])
		for _, b := range branches[1:] {
			n = min(n, leastBytes(b))
		}
		return n
	}
	n := 0
	if v.Kind == Literal || v.Kind == Pattern {
		for _, p := range v.Parts() {
			n += p.Min + len(p.Text)
		}
	}
	return n
}

// least is the least length of a value as JSON, in characters.
func least(v Value) int {
	if branches := v.Branches(); len(branches) > 0 {
		n := least(branches[0])
		for _, b := range branches[1:] {
			n = min(n, least(b))
		}
		return n
	}
	switch v.Kind {
	case Literal, Pattern:
		return textLength(v)
	case List:
		n := len("[]") + max(len(v.Items())-1, 0)
		for _, item := range v.Items() {
			n += quoted(item)
		}
		return n
	case Map:
		n := len("{}") + max(len(v.Fields())-1, 0)
		for _, f := range v.Fields() {
			n += utf8.RuneCountInString(f.Key) + len(`"":`) + quoted(f.Value)
		}
		return n
	}
	return 0
}

// quoted is the length of a value inside of a document.
func quoted(v Value) int {
	if text, known := v.Literal(); known && (text == "true" || text == "false" || strings.Trim(text, "0123456789.") == "" && text != "") {
		return len(text) // it may be a number or a boolean
	}
	if v.Kind == Literal || v.Kind == Pattern {
		return textLength(v) + len(`""`)
	}
	return least(v)
}

// textLength is the least length of a text, with what JSON escapes.
func textLength(v Value) int {
	n := 0
	for _, p := range v.Parts() {
		n += p.Min + utf8.RuneCountInString(p.Text) + strings.Count(p.Text, `"`) + strings.Count(p.Text, `\`) + strings.Count(p.Text, "\n")
	}
	return n
}
