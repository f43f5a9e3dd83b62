package findings

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// tracing warns of parameters that turn X-Ray on: their default leaves it off,
// so nothing is removed, but nobody may set them in China.
func (s *scanner) tracing() {
	for _, r := range s.t.Resources {
		for _, n := range []*cfn.Node{r.Props.At("TracingConfig", "Mode"), r.Props.Get("Tracing"), r.Props.Get("TracingEnabled"), r.Props.Get("XrayEnabled")} {
			if n == nil {
				continue
			}
			for name := range plan.ReferredIn(n) {
				if param := s.t.Params[name]; param != nil && !s.p.traced[name] {
					s.p.traced[name] = true
					s.p.AddWarning(plan.Warning{Rule: "tracing", File: s.e.From, Path: s.t.Path(param), Line: param.Pos.Line,
						Message: "leave parameter " + name + " at its default: it turns X-Ray tracing on, which is not available for this service in AWS China"})
				}
			}
		}
	}
}
