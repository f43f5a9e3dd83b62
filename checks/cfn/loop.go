package cfn

import "strings"

// Loop is one Fn::ForEach.
type Loop struct {
	Name       string // after Fn::ForEach::
	Variable   string
	Collection *Node // a List, or a function that gives one
	Body       *Node // a Map
	Entry      Entry
}

// LoopOf reads an entry as a loop; ok is false when it is none, or malformed.
func LoopOf(e *Entry) (Loop, bool) {
	name, is := strings.CutPrefix(e.Key, loopKey)
	in := e.Value.List(3, 3)
	if !is || in == nil || !in[0].IsScalar() || in[1].Kind != List && in[1].Kind != Call || in[2].Kind != Map {
		return Loop{}, false
	}
	return Loop{Name: name, Variable: in[0].Name(), Collection: in[1], Body: in[2], Entry: *e}, true
}

// Fill writes a value for the loop's variable: ${Name} becomes the value,
// &{Name} its letters and digits.
func (l Loop) Fill(text, value string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	return strings.NewReplacer("${"+l.Variable+"}", value, "&{"+l.Variable+"}", strings.Map(alphanumeral, value)).Replace(text)
}

func alphanumeral(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
		return r
	}
	return -1
}
