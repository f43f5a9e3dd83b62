package release

import (
	"go.yaml.in/yaml/v4"
)

// declared reads the version that an entry template says it is: the value of
// Version under Panther in any of its mappings.
func declared(key string, root *yaml.Node) []Declaration {
	mappings := child(root, "Mappings")
	if mappings == nil || mappings.Kind != yaml.MappingNode {
		return nil
	}
	var all []Declaration
	for i := 0; i+1 < len(mappings.Content); i += 2 {
		v := child(child(mappings.Content[i+1], "Panther"), "Version")
		if v != nil && v.Kind == yaml.ScalarNode {
			all = append(all, Declaration{Version: v.Value, At: Place{Template: key, Line: v.Line, Column: v.Column}})
		}
	}
	return all
}
