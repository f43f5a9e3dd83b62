package template

import "strings"

// Kind says what is known of a value.
type Kind uint8

// The zero Kind is Unknown: a value that nobody resolved is never taken for a
// known one.
const (
	Unknown Kind = iota
	Literal      // a text that is known in full
	Pattern      // a text of which parts are unknown
	List
	Map
	NoValue // AWS::NoValue: the property is absent
)

func (k Kind) String() string {
	return [...]string{"unknown", "literal", "pattern", "list", "map", "none"}[k]
}

// Value is what a node of a template denotes in one stack of the release.
// Scalars are texts: CloudFormation compares and passes them as such.
type Value struct {
	Kind   Kind
	At     Position
	reason string
	parts  []Part
	items  []Value // of a list; of an unknown, the branches it may be
	fields []Field
	ways   int  // how many values the branches of an unknown lead to
	secret bool // the literal stands for a NoEcho parameter
	rooted bool // composed from AWS::StackName
	param  bool // a parameter's value
	origin *origin
}

// Position is where a value stands.
type Position struct {
	File         string
	Line, Column int
}

// Field is one entry of a map, in the order of the template.
type Field struct {
	Key   string
	At    Position
	Value Value
}

// Part is a piece of a text: Text where it is known, else Reason. Name is set
// where equal names mean equal texts (AWS::AccountId); Min is the least length.
type Part struct {
	Text   string
	Reason string
	Name   string
	Min    int
	origin *origin
}

func literal(text string) Value {
	return Value{Kind: Literal, parts: []Part{{Text: text}}}
}

func unknown(reason string) Value { return Value{reason: reason} }

func listOf(items []Value) Value { return Value{Kind: List, items: items} }

// Literal returns the text when all of it is known and may be shown.
func (v Value) Literal() (string, bool) {
	if v.Kind != Literal || v.secret {
		return "", false
	}
	return v.parts[0].Text, true
}

// Text returns the text with a star for what is unknown or secret. Ask
// Literal or Parts to tell such a star from one that the template wrote.
func (v Value) Text() string {
	if v.Kind == Literal && !v.secret {
		return v.parts[0].Text
	}
	if v.Kind != Pattern {
		return "*"
	}
	var b strings.Builder
	for _, p := range v.parts {
		if p.Reason != "" {
			b.WriteByte('*')
			continue
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// Parts returns the pieces of a text; one unknown piece for anything else.
func (v Value) Parts() []Part {
	if v.secret {
		return []Part{{Reason: secretReason, origin: stepped("NoEcho", v)}}
	}
	if v.Kind == Literal || v.Kind == Pattern {
		return v.parts
	}
	return []Part{{Reason: v.why(), origin: v.origin}}
}

const secretReason = "the value of a parameter that is not shown"

func (v Value) why() string {
	switch {
	case v.reason != "":
		return v.reason
	case v.Kind == Unknown:
		return "never resolved"
	}
	return "a " + v.Kind.String() + " where a text is expected"
}

// Reason says why the value is not known: of an unknown, of the first unknown
// part of a pattern, and of a map or list that may hold more than is seen.
func (v Value) Reason() string {
	if v.Kind == Pattern {
		for _, p := range v.parts {
			if p.Reason != "" {
				return p.Reason
			}
		}
	}
	return v.reason
}

// MinLen is the least length that the text can have.
func (v Value) MinLen() int {
	n := 0
	for _, p := range v.Parts() {
		n += len(p.Text) + p.Min
	}
	return n
}

// FromStackName tells whether AWS::StackName went into the text.
func (v Value) FromStackName() bool { return v.rooted }

// FromParameter tells whether the value is a parameter's, as it was passed.
func (v Value) FromParameter() bool { return v.param }
