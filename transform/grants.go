package transform

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// proveGrants checks every authorisation document that the repair changed: no
// request out of a sample drawn from its own text may be allowed after and not
// before. It runs before texts are respelt, so that only the repair is judged.
func (p *pass) proveGrants() error {
	for _, t := range p.reached {
		for _, r := range t.resources {
			if r.gone != nil || r.props == nil {
				continue
			}
			if err := p.proveIn(t, r, r.props); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pass) proveIn(t *template, r *resource, n *yaml.Node) error {
	if t.edits.Deleted(n) {
		return nil
	}
	if isDocument(n) {
		return p.proveDocument(t, r, n)
	}
	for _, c := range n.Content {
		if err := p.proveIn(t, r, c); err != nil {
			return err
		}
	}
	return nil
}

func (p *pass) proveDocument(t *template, r *resource, n *yaml.Node) error {
	after := t.edits.Build(n)
	if sameArgument(n, after) {
		return nil
	}
	for _, world := range worlds(n) {
		c := &concrete{p: p, t: t, world: world, gone: map[string]bool{}}
		before, after := c.document(n), c.document(after)
		widened, err := newlyAllowed(before, after, c.gone)
		if err != nil {
			p.warn(t, n, "unchecked-document", "a changed authorisation document of %s could not be evaluated: %v", r.id, err)
			return nil
		}
		if widened != "" {
			return &Error{Code: WouldWiden, File: t.file, Line: n.Line, Message: fmt.Sprintf("the repaired document of %s would allow more than before: %s", r.id, widened),
				Fix: "narrow or remove the statement in the source template, or remove the resource with --remove"}
		}
	}
	return nil
}

// worlds are the ways in which the conditions that a document names can turn
// out, as far as they can be counted.
func worlds(n *yaml.Node) []map[string]bool {
	names := []string{}
	seen := map[string]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if fn, ok := intrinsic(n); ok && fn.name == "Fn::If" && len(fn.arg.Content) == 3 {
			if name := fn.arg.Content[0].Value; !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
		for _, c := range n.Content {
			walk(c)
		}
	}
	walk(n)
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
