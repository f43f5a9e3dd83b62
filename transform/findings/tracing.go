package findings

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// tracing warns of parameters that turn X-Ray on: their default leaves it off,
// so nothing is removed, but nobody may set them in China.
func (s *scanner) tracing() {
	for _, r := range s.t.Resources {
		for _, n := range []*yaml.Node{syntax.At(r.Props, "TracingConfig", "Mode"), syntax.Get(r.Props, "Tracing"), syntax.Get(r.Props, "TracingEnabled"), syntax.Get(r.Props, "XrayEnabled")} {
			if n == nil {
				continue
			}
			for name := range syntax.ReferredIn(n) {
				if param := s.t.Params[name]; param != nil && !s.p.traced[name] {
					s.p.traced[name] = true
					s.p.AddWarning(plan.Warning{Rule: "tracing", File: s.e.From, Path: s.t.Path(param), Line: param.Line,
						Message: "leave parameter " + name + " at its default: it turns X-Ray tracing on, which is not available for this service in AWS China"})
				}
			}
		}
	}
}
