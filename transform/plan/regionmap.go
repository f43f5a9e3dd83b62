package plan

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// ReadByRegion are the mappings that something left looks up by AWS::Region.
func (t *Template) ReadByRegion() []string {
	var names []string
	seen := map[string]bool{}
	var walk func(n *cfn.Node)
	walk = func(n *cfn.Node) {
		if t.Edits.Deleted(n) {
			return
		}
		if now, inside := t.Edits.Now(n); !inside {
			n = now
		}
		if name, ok := lookupByRegion(n); ok && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
		for _, item := range n.Items {
			walk(item)
		}
		for _, e := range n.Entries {
			walk(e.Value)
		}
	}
	walk(t.Root)
	return names
}

func lookupByRegion(n *cfn.Node) (mapping string, ok bool) {
	if !n.IsCall("Fn::FindInMap") {
		return "", false
	}
	in := n.Arg().List(3, 4)
	if in == nil || !in[0].IsScalar() {
		return "", false
	}
	region, _ := in[1].Ref()
	return in[0].Name(), region == "AWS::Region"
}
