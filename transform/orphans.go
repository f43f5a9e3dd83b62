package transform

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// orphans are what nothing refers to any more though something did: kept, for
// they may be used by name.
func (s *scanner) orphans() {
	before, after := referred(s.e.t), referred(s.t)
	for _, r := range s.t.resources {
		if before[r.id] && !after[r.id] {
			s.r = r
			s.add(r.key, "orphan", "info", "nothing in the release refers to "+r.id+" any more", "remove it with --remove '"+r.subject()+"' if nothing uses it by name")
		}
	}
}

func referred(t *template) map[string]bool { return referredIn(t.root) }

func referredIn(n *yaml.Node) map[string]bool {
	names := map[string]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if fn, ok := intrinsic(n); ok {
			switch fn.name {
			case "Ref":
				names[fn.arg.Value] = true
			case "Fn::GetAtt":
				id, _, _ := attribute(fn.arg)
				names[id] = true
			case "Fn::Sub":
				if sub, ok := readSub(fn.arg); ok {
					for _, v := range variables(sub.text.Value) {
						id, _, _ := strings.Cut(v, ".")
						names[id] = true
					}
				}
			}
		}
		for _, c := range below(n) {
			walk(c)
		}
	}
	walk(n)
	return names
}
