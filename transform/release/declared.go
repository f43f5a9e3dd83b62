package release

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// declared reads the version that an entry template says it is: the value of
// Version under Panther in any of its mappings.
func declared(key string, t *cfn.Template) []Declaration {
	var all []Declaration
	for _, e := range t.Root.Get("Mappings").Pairs() {
		v := e.Value.At("Panther", "Version")
		if text, ok := v.Scalar(); ok {
			all = append(all, Declaration{Version: text, At: Place{Template: key, Line: v.Pos.Line, Column: v.Pos.Column}})
		}
	}
	return all
}
