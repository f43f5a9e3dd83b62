package findings

import (
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// orphans are what nothing refers to any more though something did: kept, for
// they may be used by name.
func (s *scanner) orphans() {
	before, after := referred(s.e.Template), referred(s.t)
	for _, r := range s.t.Resources {
		if before[r.ID] && !after[r.ID] {
			s.r = r
			s.add(r.Key, "orphan", "info", "nothing in the release refers to "+r.ID+" any more", "remove it with --remove '"+r.Subject()+"' if nothing uses it by name")
		}
	}
}

func referred(t *plan.Template) map[string]bool { return plan.ReferredIn(t.Root) }
