package transform

import (
	"fmt"
	"sort"
	"strings"

	"go.yaml.in/yaml/v4"
)

// lostRef tells why a name denotes nothing any more, nil if it does.
func (p *pass) lostRef(t *template, name string) *cause {
	if r, ok := t.byID[name]; ok {
		return follow(r)
	}
	if c, ok := t.lost[name]; ok {
		return &cause{rule: "lost-parameter", reason: fmt.Sprintf("parameter %s has no value left: %s", name, root(c.reason))}
	}
	if _, ok := t.params[name]; ok || strings.HasPrefix(name, "AWS::") {
		return nil
	}
	if id, _, dotted := strings.Cut(name, "."); dotted && t.byID[id] != nil {
		return follow(t.byID[id])
	}
	return p.lostDerived(t, name)
}

// follow is the cause for what refers to a resource that is gone.
func follow(r *resource) *cause {
	if r.gone == nil {
		return nil
	}
	return &cause{rule: "lost-reference", reason: fmt.Sprintf("%s (%s) is removed: %s", r.id, r.typ, root(r.gone.reason))}
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
func (p *pass) lostAttribute(t *template, id, attr string) *cause {
	r, ok := t.byID[id]
	if !ok {
		return p.lostRef(t, id)
	}
	if r.gone != nil {
		return follow(r)
	}
	name, found := strings.CutPrefix(attr, "Outputs.")
	if !found || r.child == nil {
		return nil
	}
	if o := r.child.output(name); o != nil && o.lost != nil {
		return &cause{rule: "lost-output", reason: fmt.Sprintf("output %s of stack %s is lost: %s", name, id, root(o.lost.reason))}
	}
	return nil
}

// lostDerived judges the names that the serverless transform would have made
// from a resource or an event that is gone.
func (p *pass) lostDerived(t *template, name string) *cause {
	parents := make([]*resource, 0, 4)
	for _, r := range t.resources {
		if strings.HasPrefix(r.typ, "AWS::Serverless::") && strings.HasPrefix(name, r.id) && name != r.id {
			parents = append(parents, r)
		}
	}
	if len(parents) == 0 {
		return p.lostImplicitAPI(t, name)
	}
	sort.SliceStable(parents, func(i, j int) bool { return len(parents[i].id) > len(parents[j].id) })
	r := parents[0]
	if r.gone != nil {
		return follow(r)
	}
	for event, c := range r.lostEvents() {
		if suffix := strings.TrimPrefix(name, r.id); suffix == event || suffix == event+"Permission" || suffix == event+"Role" {
			return c
		}
	}
	return nil
}

// export is an output that others import by name.
type export struct {
	t    *template
	o    *output
	name *yaml.Node
}

// lostExport tells why an import finds nothing: the export with a structurally
// equal name is gone. A name that nothing in the release exports is left.
func (p *pass) lostExport(fn call) *cause {
	name := fn.arg
	if fn.short {
		name = untagged(name)
	}
	var c *cause
	for _, e := range p.exports {
		if !sameValue(e.name, name) {
			continue
		}
		switch {
		case !p.live(e.t):
			c = &cause{rule: "lost-export", reason: fmt.Sprintf("the stack that exports it (%s) is removed", e.t.file)}
		case e.o.lost != nil:
			c = &cause{rule: "lost-export", reason: fmt.Sprintf("output %s, which exports it, is lost: %s", e.o.name, root(e.o.lost.reason))}
		case e.o.export != nil:
			c = &cause{rule: "lost-export", reason: fmt.Sprintf("output %s no longer exports it: %s", e.o.name, root(e.o.export.reason))}
		default:
			return nil
		}
	}
	return c
}

// sameValue compares two values whose functions may be in short or long form.
func sameValue(a, b *yaml.Node) bool {
	x, call1 := intrinsic(a)
	y, call2 := intrinsic(b)
	if call1 || call2 {
		return call1 && call2 && x.name == y.name && sameArgument(x.arg, y.arg)
	}
	return sameArgument(a, b)
}

func sameArgument(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || len(a.Content) != len(b.Content) || a.Kind == yaml.ScalarNode && a.Value != b.Value {
		return false
	}
	for i := range a.Content {
		if !sameValue(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
