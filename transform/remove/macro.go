package remove

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// macros stops where a macro or an include may use what is removed: what it
// expands to is not in the template.
func (p *run) macros() {
	for _, t := range p.Reached {
		if !losesSomething(t) {
			continue
		}
		if n := unknownMacro(t); n != nil {
			p.Fail(plan.UnsupportedConstruct, t, n, fmt.Sprintf("macro %s may use what is removed from the template", macroName(n)),
				"expand the macro in the source template first, or keep what is removed with a narrower --remove")
		}
	}
}

func losesSomething(t *plan.Template) bool {
	for _, r := range t.Resources {
		if r.Gone != nil {
			return true
		}
	}
	return len(t.Lost) > 0
}

// unknownMacro finds a macro over the whole template or over a section. One
// inside a resource sees only what it is given.
func unknownMacro(t *plan.Template) *cfn.Node {
	for _, x := range t.Reading.Transforms {
		if !x.Confined() {
			return x.Node
		}
	}
	for _, e := range t.Reading.Unexpanded {
		if !strings.HasPrefix(e.Key, loopPrefix) {
			return e.Value
		}
	}
	return nil
}

func macroName(n *cfn.Node) string {
	if name, ok := n.Scalar(); ok {
		return strings.TrimSpace(name)
	}
	name, _ := n.Get("Name").Scalar()
	return name
}
