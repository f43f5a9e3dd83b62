package cfn

import "strings"

// Attribute is what a Fn::GetAtt reads.
type Attribute struct {
	ID      string // the logical id; empty when a function names it
	Name    string // the attribute, with its dots; empty when it is Dynamic
	Dynamic *Node  // the function that names the attribute, or nil
}

// GetAtt reads a Fn::GetAtt: "Id.Attribute.Path", or a list of the id and the
// attribute, whose further items are further steps of it. ok is false when it
// is malformed.
func (n *Node) GetAtt() (a Attribute, ok bool) {
	if !n.IsCall("Fn::GetAtt") {
		return a, false
	}
	arg := n.Arg()
	if arg.IsScalar() {
		a.ID, a.Name, ok = strings.Cut(arg.Text, ".")
		return a, ok
	}
	if arg.Kind != List || len(arg.Items) < 2 {
		return a, false
	}
	if id := arg.Items[0]; id.IsScalar() {
		a.ID = id.Name()
	} else if id.Kind != Call {
		return a, false
	}
	steps := arg.Items[1:]
	if len(steps) == 1 && steps[0].Kind == Call {
		a.Dynamic = steps[0]
		return a, true
	}
	names := make([]string, len(steps))
	for i, s := range steps {
		if !s.IsScalar() {
			return a, false
		}
		names[i] = s.Text
	}
	a.Name = strings.Join(names, ".")
	return a, true
}
