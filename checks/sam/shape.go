package sam

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// Fault is a value that SAM refuses because it is of another kind.
type Fault struct {
	Path    []string
	Pos     cfn.Pos
	Message string
}

// Key is the path with dots.
func (f Fault) Key() string { return strings.Join(f.Path, ".") }

// mappings are the properties of serverless resources that must be mappings; *
// is every entry of one.
var mappings = [][]string{
	{"Events"}, {"Events", "*"}, {"Events", "*", "Properties"}, {"Events", "*", "Properties", "Auth"},
	{"Auth"}, {"Auth", "Authorizers"}, {"Auth", "Authorizers", "*"},
	{"Domain"}, {"Routes"}, {"DeploymentPreference"}, {"EventInvokeConfig"}, {"FunctionUrlConfig"}, {"DeadLetterQueue"},
}

// Malformed are the parts of a template that SAM could not read: a list where
// it has a mapping.
func Malformed(t *cfn.Template) []Fault {
	var out []Fault
	for _, e := range t.Globals.Pairs() {
		out = append(out, malformed(e.Value, []string{"Globals", e.Key}, nil)...)
		for _, path := range mappings {
			out = append(out, malformed(e.Value, []string{"Globals", e.Key}, path)...)
		}
	}
	for _, r := range t.Resources {
		if !strings.HasPrefix(r.Type, "AWS::Serverless::") {
			continue
		}
		for _, path := range mappings {
			out = append(out, malformed(r.Properties, []string{"Resources", r.ID, "Properties"}, path)...)
		}
	}
	return out
}

// malformed follows a path and tells of the value at its end when that is
// neither a mapping nor a function.
func malformed(n *cfn.Node, at, path []string) []Fault {
	if len(path) == 0 {
		if n == nil || n.Kind == cfn.Map || n.Kind == cfn.Call || n.Kind == cfn.Null {
			return nil
		}
		return []Fault{{at, n.Pos, fmt.Sprintf("%s is a mapping, not a %s", at[len(at)-1], n.Kind)}}
	}
	if path[0] != "*" {
		return malformed(n.Get(path[0]), append(at[:len(at):len(at)], path[0]), path[1:])
	}
	var out []Fault
	for _, e := range n.Pairs() {
		out = append(out, malformed(e.Value, append(at[:len(at):len(at)], e.Key), path[1:])...)
	}
	return out
}
