package awsdata

import (
	_ "embed"
	"strings"
)

//go:embed keys.txt
var keyText string

// PropertyKey is a condition key whose value a property tells.
type PropertyKey struct {
	Key  string
	Path []string
	// Value says that the property's values are the key's; otherwise the key is
	// there when the property is, with a value that is not known. Kebab says that
	// the API spells the values in lower case, with hyphens between the words.
	Value, Kebab bool
	// Default is what the key may hold where the property is not set.
	Default string
}

// PropertyKeys are the condition keys that a type's properties tell.
func (t *Tables) PropertyKeys(kind string) []PropertyKey {
	if t.keys == nil {
		t.keys = map[string][]PropertyKey{}
		for line := range strings.Lines(keyText) {
			if f := strings.Fields(line); len(f) == 4 && f[0] != "#" {
				form, fallback, _ := strings.Cut(f[3], "=")
				t.keys[f[1]] = append(t.keys[f[1]], PropertyKey{
					Key: f[0], Path: strings.Split(f[2], "."), Value: form != "present", Kebab: form == "kebab", Default: fallback,
				})
			}
		}
	}
	return t.keys[kind]
}
