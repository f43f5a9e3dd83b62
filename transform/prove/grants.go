package prove

import (
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// grantProof holds changed authorisation documents against what they were.
type grantProof struct {
	*plan.Model
	*plan.Draft
	lost func(*plan.Template, *cfn.Node) bool
}

// Grants checks every authorisation document that the repair changed: no
// request out of a sample drawn from its own text may be allowed after and not
// before. It runs before texts are respelt, so that only the repair is judged.
func Grants(m *plan.Model, d *plan.Draft, lost func(*plan.Template, *cfn.Node) bool) error {
	p := &grantProof{m, d, lost}
	for _, t := range p.Reached {
		for _, r := range t.Resources {
			if r.Gone != nil || r.Props == nil {
				continue
			}
			if err := p.proveIn(t, r, r.Props); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *grantProof) proveIn(t *plan.Template, r *plan.Resource, n *cfn.Node) error {
	if t.Edits.Deleted(n) {
		return nil
	}
	if plan.IsPolicyDocument(n) {
		return p.proveDocument(t, r, n)
	}
	for _, c := range n.Children() {
		if err := p.proveIn(t, r, c); err != nil {
			return err
		}
	}
	return nil
}

func (p *grantProof) proveDocument(t *plan.Template, r *plan.Resource, n *cfn.Node) error {
	after := t.Edits.Built(n)
	if plan.SameValue(n, after) {
		return nil
	}
	for _, world := range worlds(n) {
		c := &instantiation{lostIn: p.lost, t: t, world: world, gone: map[string]bool{}}
		before, after := c.document(n), c.document(after)
		widened, err := newlyAllowed(before, after, c.gone)
		if err != nil {
			p.Warn(t, n, "unchecked-document", "a changed authorisation document of %s could not be evaluated: %v", r.ID, err)
			return nil
		}
		if widened != "" {
			return &plan.Error{Code: plan.WouldWiden, File: t.File, Line: n.Pos.Line, Message: fmt.Sprintf("the repaired document of %s would allow more than before: %s", r.ID, widened),
				Fix: "narrow or remove the statement in the source template, or remove the resource with --remove"}
		}
	}
	return nil
}

// worlds are the ways in which the conditions that a document names can turn
// out, as far as they can be counted.
func worlds(n *cfn.Node) []map[string]bool {
	names := []string{}
	seen := map[string]bool{}
	cfn.Walk(n, func(n *cfn.Node) bool {
		if condition, _, _, ok := plan.IfOf(n); ok && !seen[condition.Name()] {
			seen[condition.Name()] = true
			names = append(names, condition.Name())
		}
		return true
	})
	const most = 5
	names = names[:min(len(names), most)]
	var out []map[string]bool
	for bits := range 1 << len(names) {
		world := map[string]bool{}
		for i, name := range names {
			world[name] = bits>>i&1 == 1
		}
		out = append(out, world)
	}
	return out
}
