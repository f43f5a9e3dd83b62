package transform

import "go.yaml.in/yaml/v4"

// tracing warns of parameters that turn X-Ray on: their default leaves it off,
// so nothing is removed, but nobody may set them in China.
func (s *scanner) tracing() {
	for _, r := range s.t.resources {
		for _, n := range []*yaml.Node{at(r.props, "TracingConfig", "Mode"), get(r.props, "Tracing"), get(r.props, "TracingEnabled"), get(r.props, "XrayEnabled")} {
			if n == nil {
				continue
			}
			for name := range referredIn(n) {
				if param := s.t.params[name]; param != nil && !s.p.tracedBy[name] {
					s.p.tracedBy[name] = true
					s.p.addWarning(Warning{Rule: "tracing", File: s.e.from, Path: s.t.path(param), Line: param.Line,
						Message: "leave parameter " + name + " at its default: it turns X-Ray tracing on, which is not available for this service in AWS China"})
				}
			}
		}
	}
}
