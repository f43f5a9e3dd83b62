package cfn

import (
	"slices"
	"strings"
)

// Fault is what is wrong with the argument of a call, for a policy to word.
type Fault struct {
	Wrong FaultKind
	Takes Arguments // the forms that the argument may have
	Found Kind      // of the node at fault
	Count int       // the items of a list with too few or too many
	Key   string    // of a mapping: the one that is missing, or that is not taken
}

// FaultKind is how an argument differs from what a function takes.
type FaultKind string

// The faults of an argument.
const (
	WrongForm      FaultKind = "form"        // a mapping where a text is taken
	WrongCount     FaultKind = "count"       // too few or too many items
	WrongFirst     FaultKind = "first"       // the first item is no text
	WrongVariables FaultKind = "variables"   // the second item of Fn::Sub is no mapping
	WrongAttribute FaultKind = "attribute"   // a text of Fn::GetAtt without id and attribute
	MissingKeyword FaultKind = "missing_key" // a mapping without a key that it must have
	UnknownKeyword FaultKind = "unknown_key" // a key that the function does not have
	WrongLoop      FaultKind = "loop"        // no list of an identifier, a collection and a mapping
)

// fault is what is wrong with the argument of a call, or nil. Only what
// CloudFormation is known to refuse is wrong: a function in the argument's place
// is left alone unless it is known not to be taken there.
func (f Function) fault(n *Node, extended bool) *Fault {
	a, arg := f.Arguments, n.Arg()
	if extended {
		a.Most = max(a.Most, a.Extended)
	}
	switch {
	case a.Any || arg.IsCall(macroKey): // what a macro makes comes first
		return nil
	case arg.Kind == Null || arg.Kind == Call && !isKnown(arg.Func): // noted where it is read
		return nil
	case arg.Kind == Call:
		if a.Computed || extended {
			return nil
		}
	case arg.IsScalar() && a.Text:
		if f.Name == "Fn::GetAtt" && !namesAttribute(arg.Text) {
			return &Fault{Wrong: WrongAttribute, Takes: a, Found: arg.Kind}
		}
		return nil
	case arg.Kind == List && a.Most > 0:
		return f.listFault(arg, a)
	case arg.Kind == Map && len(a.Keys) > 0:
		return a.keysFault(arg)
	}
	return &Fault{Wrong: WrongForm, Takes: a, Found: arg.Kind}
}

func isKnown(name string) bool { _, known := functions[name]; return known }

func namesAttribute(text string) bool {
	id, attribute, dotted := strings.Cut(text, ".")
	return dotted && id != "" && attribute != ""
}

func (f Function) listFault(arg *Node, a Arguments) *Fault {
	if n := len(arg.Items); n < a.Least || n > a.Most {
		return &Fault{Wrong: WrongCount, Takes: a, Found: List, Count: n}
	}
	if first := arg.Items[0]; a.First && !first.IsScalar() && !first.IsCall(macroKey) {
		return &Fault{Wrong: WrongFirst, Takes: a, Found: first.Kind}
	}
	if f.Name == "Fn::Sub" && arg.Items[1].Kind != Map && !arg.Items[1].IsCall(macroKey) {
		return &Fault{Wrong: WrongVariables, Takes: a, Found: arg.Items[1].Kind}
	}
	return nil
}

func (a Arguments) keysFault(arg *Node) *Fault {
	for _, k := range a.Keys {
		if arg.Entry(k) == nil {
			return &Fault{Wrong: MissingKeyword, Takes: a, Found: Map, Key: k}
		}
	}
	for _, e := range arg.Entries {
		if !slices.Contains(a.Keys, e.Key) && !slices.Contains(a.Optional, e.Key) {
			return &Fault{Wrong: UnknownKeyword, Takes: a, Found: Map, Key: e.Key}
		}
	}
	return nil
}
