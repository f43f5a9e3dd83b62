package remove

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// lostRef tells why a name denotes nothing any more, nil if it does.
func (p *run) lostRef(t *plan.Template, name string) *plan.Cause {
	if r, ok := t.ByID[name]; ok {
		return follow(r)
	}
	if c, ok := t.Lost[name]; ok {
		return &plan.Cause{Rule: "lost-parameter", Reason: fmt.Sprintf("parameter %s has no value left: %s", name, root(c.Reason))}
	}
	if _, ok := t.Params[name]; ok || strings.HasPrefix(name, "AWS::") {
		return nil
	}
	id, _, _ := strings.Cut(name, ".") // Fn.Version, which SAM knows
	if r := t.ByID[id]; r != nil {
		return follow(r)
	}
	return p.lostGenerated(t, id)
}

// follow is the cause for what refers to a resource that is gone.
func follow(r *plan.Resource) *plan.Cause {
	if r.Gone == nil {
		return nil
	}
	return &plan.Cause{Rule: "lost-reference", Reason: fmt.Sprintf("%s (%s) is removed: %s", r.ID, r.Type, root(r.Gone.Reason))}
}

// root keeps a chain of reasons readable: the first link is what matters.
func root(reason string) string {
	for _, link := range []string{"is removed: ", "is lost: ", "has no value left: "} {
		if i := strings.LastIndex(reason, link); i >= 0 {
			reason = reason[i+len(link):]
		}
	}
	return reason
}

// lostAttribute tells why an attribute denotes nothing any more.
func (p *run) lostAttribute(t *plan.Template, id, attr string) *plan.Cause {
	r, ok := t.ByID[id]
	if !ok {
		return p.lostRef(t, id)
	}
	if r.Gone != nil {
		return follow(r)
	}
	name, found := strings.CutPrefix(attr, "Outputs.")
	if !found || r.Child == nil {
		return nil
	}
	if o := r.Child.Output(name); o != nil && o.Lost != nil {
		return &plan.Cause{Rule: "lost-output", Reason: fmt.Sprintf("output %s of stack %s is lost: %s", name, id, root(o.Lost.Reason))}
	}
	return nil
}

// lostGenerated judges the ids that SAM generates: one is lost when everything
// that it is generated for is.
func (p *run) lostGenerated(t *plan.Template, id string) *plan.Cause {
	var why *plan.Cause
	for _, o := range t.Generated().Of(id) {
		r := t.ByID[o.Resource.ID]
		switch {
		case r.Gone != nil:
			why = follow(r)
		case p.events[r][o.Event] != nil:
			why = p.events[r][o.Event]
		default:
			return p.lostPart(t, id)
		}
	}
	return why
}

// export is an output that others import by name.
type export struct {
	t    *plan.Template
	o    *plan.Output
	name *cfn.Node
}

// lostExport tells why an import finds nothing: the export with a structurally
// equal name is gone. A name that nothing in the release exports is left.
func (p *run) lostExport(name *cfn.Node) *plan.Cause {
	var c *plan.Cause
	for _, e := range p.exports {
		if !plan.SameValue(e.name, name) {
			continue
		}
		switch {
		case !p.Live(e.t):
			c = &plan.Cause{Rule: "lost-export", Reason: fmt.Sprintf("the stack that exports it (%s) is removed", e.t.File)}
		case e.o.Lost != nil:
			c = &plan.Cause{Rule: "lost-export", Reason: fmt.Sprintf("output %s, which exports it, is lost: %s", e.o.Name, root(e.o.Lost.Reason))}
		case e.o.Export != nil:
			c = &plan.Cause{Rule: "lost-export", Reason: fmt.Sprintf("output %s no longer exports it: %s", e.o.Name, root(e.o.Export.Reason))}
		default:
			return nil
		}
	}
	return c
}
