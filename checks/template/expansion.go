package template

import (
	"strconv"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// expansion is what a stack creates: under the SAM transform, what SAM generates
// with the stack's own parameters.
type expansion struct {
	sam.Expansion
	byID map[string]*sam.Resource
}

// expanded expands the stack's template, once.
func (s *stack) expanded() *expansion {
	if s.expansion == nil {
		e := &expansion{Expansion: sam.Expand(s.doc.Template, s.samValue)}
		e.byID = make(map[string]*sam.Resource, len(e.Resources))
		for _, r := range e.Resources {
			e.byID[r.ID] = r
		}
		s.expansion = e
	}
	return s.expansion
}

// plain tells a resource that is created as it is declared.
func (e *expansion) plain(r *cfn.Resource) bool {
	made := e.byID[r.ID]
	return made != nil && made.Resource == r
}

// samValue is a parameter's text as SAM sees it: what the stack was given, else
// the default.
func (s *stack) samValue(name string) (string, bool) {
	switch name {
	case "AWS::Region", "AWS::Partition":
		return s.pseudo(name).Literal()
	}
	if p := s.doc.Parameter(name); p != nil {
		return s.value(p).Literal()
	}
	return "", false
}

// unexpanded names, with their lines, what may add to what is seen: loops and
// macros, and what SAM makes of values that are not known.
func (s *stack) unexpanded() []string {
	out := s.doc.unexpanded()
	for _, u := range s.expanded().Unexpanded {
		out = append(out, u.Reason+" on line "+strconv.Itoa(u.Pos.Line))
	}
	return out
}
