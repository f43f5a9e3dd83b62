package derive

import (
	"iter"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// allows yields the statements of a policy of the release that allow something;
// one statement may stand without a list.
func allows(statements template.Value) iter.Seq[template.Value] {
	list := statements.Items()
	if statements.Kind == template.Map {
		list = []template.Value{statements}
	}
	return func(yield func(template.Value) bool) {
		for _, s := range list {
			if effect, _ := s.Get("Effect").Literal(); effect == "Allow" && !yield(s) {
				return
			}
		}
	}
}
