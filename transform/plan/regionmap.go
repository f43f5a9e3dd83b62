package plan

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// ReadByRegion are the mappings that something left looks up by AWS::Region.
func (t *Template) ReadByRegion() []string {
	var names []string
	seen := map[string]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if t.Edits.Deleted(n) {
			return
		}
		if now := t.Edits.Now(n); now != n && !edit.Contains(now, n) {
			n = now
		}
		if fn, ok := syntax.Intrinsic(n); ok && fn.Name == "Fn::FindInMap" && len(fn.Arg.Content) >= 3 {
			name, literalName := syntax.Literal(fn.Arg.Content[0])
			if ref, ok := syntax.IntrinsicRef(fn.Arg.Content[1]); ok && literalName && ref == "AWS::Region" && !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
		for _, c := range syntax.Below(n) {
			walk(c)
		}
	}
	walk(t.Root)
	return names
}
