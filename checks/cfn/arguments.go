package cfn

import (
	"fmt"
	"slices"
	"strings"
)

// fault says what is wrong with the argument of a call, or nothing. Only what
// CloudFormation is known to refuse is wrong: a function in the argument's place
// is left alone unless it is known not to be taken there.
func (f Function) fault(n *Node, extended bool) string {
	a, arg := f.Arguments, n.Arg()
	most := a.Most
	if extended {
		most = max(most, a.Extended)
	}
	switch {
	case a.Any:
		return ""
	case arg.Kind == Call:
		if a.Computed || extended {
			return ""
		}
	case arg.IsScalar():
		if a.Text {
			return f.textFault(arg)
		}
	case arg.Kind == List && most > 0:
		return f.listFault(arg, most)
	case arg.Kind == Map && len(a.Keys) > 0:
		return f.keysFault(arg)
	}
	return fmt.Sprintf("%s takes %s, not a %s", f.Name, f.form(most), arg.Kind)
}

func (f Function) form(most int) string {
	a := f.Arguments
	var forms []string
	if a.Text {
		forms = append(forms, "a text")
	}
	if most > 0 {
		forms = append(forms, "a list of "+count(a.Least, most))
	}
	if len(a.Keys) > 0 {
		forms = append(forms, "a mapping with "+strings.Join(a.Keys, " and "))
	}
	return strings.Join(forms, " or ")
}

func count(least, most int) string {
	switch {
	case least == most && most == 1:
		return "one item"
	case least == most:
		return fmt.Sprintf("%d items", most)
	}
	return fmt.Sprintf("%d to %d items", least, most)
}

func (f Function) textFault(arg *Node) string {
	if f.Name == "Fn::GetAtt" {
		if id, attribute, dotted := strings.Cut(arg.Text, "."); !dotted || id == "" || attribute == "" {
			return fmt.Sprintf("Fn::GetAtt takes a logical id and an attribute, not %q", arg.Text)
		}
	}
	return ""
}

func (f Function) listFault(arg *Node, most int) string {
	if n := len(arg.Items); n < f.Arguments.Least || n > most {
		return fmt.Sprintf("%s takes %s, not %d", f.Name, count(f.Arguments.Least, most), n)
	}
	if first := arg.Items[0]; f.Arguments.First && !first.IsScalar() {
		return fmt.Sprintf("the first item of %s is a text, not a %s", f.Name, first.Kind)
	}
	if f.Name == "Fn::Sub" && arg.Items[1].Kind != Map {
		return fmt.Sprintf("the second item of Fn::Sub is a mapping of variables, not a %s", arg.Items[1].Kind)
	}
	return ""
}

func (f Function) keysFault(arg *Node) string {
	for _, k := range f.Arguments.Keys {
		if arg.Entry(k) == nil {
			return fmt.Sprintf("%s requires %s", f.Name, k)
		}
	}
	for _, e := range arg.Entries {
		if !slices.Contains(f.Arguments.Keys, e.Key) && !slices.Contains(f.Arguments.Optional, e.Key) {
			return fmt.Sprintf("%s has no argument %s", f.Name, e.Key)
		}
	}
	return ""
}
