package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// walker goes through a template as it is written, in one stack: through the
// branches that conditions leave possible, and past comments, which are no
// nodes. It collects what stands there literally.
type walker struct {
	stack    *stack
	assets   map[Position]bool
	literals []checks.Literal
	lookups  []checks.RegionLookup
}

// spot is where the walker stands.
type spot struct {
	subject   string
	path      string
	slot      string // the nearest property name
	row       string // of a mapping
	principal bool
	usedAs    string // of a role, see roleUses
	exists    Truth
}

func (w *walker) document() {
	d, s := w.stack.doc, w.stack
	uses := roleUses(d)
	for _, r := range d.Resources {
		at := spot{subject: s.subject(r.ID), path: "Resources." + r.ID, usedAs: uses[r.ID], exists: s.declared(r)}
		if at.exists != No {
			w.walk(r.Body, at)
		}
	}
	for _, o := range d.Outputs {
		at := spot{subject: s.subject(o.Name), path: "Outputs." + o.Name, exists: s.produced(o)}
		if at.exists != No {
			w.walk(o.Body, at)
		}
	}
	if s.exists == No {
		return
	}
	for _, m := range d.Mappings.Entries {
		for _, row := range m.Value.Entries {
			at := spot{subject: s.subject(m.Key), path: "Mappings." + m.Key + "." + row.Key, row: row.Key, exists: s.exists}
			w.walk(row.Value, at)
		}
	}
	for _, p := range d.Parameters {
		if _, replaced := s.given[p.Name]; p.Default != nil && !replaced && s.parent == nil && !p.NoEcho {
			w.walk(p.Default, spot{subject: "parameter:" + p.Name, path: "Parameters." + p.Name + ".Default", slot: "Default", exists: s.exists})
		}
	}
}

// produced tells whether an output comes to be.
func (s *stack) produced(o *cfn.Output) Truth {
	if o.Condition == "" {
		return s.exists
	}
	return s.exists.and(s.condition(o.Condition, o.Body.Get("Condition")))
}

func (w *walker) walk(n *cfn.Node, at spot) {
	if !w.stack.tree.enter(w.stack, n) {
		return
	}
	defer w.stack.tree.leave()
	switch n.Kind {
	case cfn.String, cfn.Number, cfn.Bool:
		w.text(n.Text, n, at)
	case cfn.List:
		for _, item := range n.Items {
			w.walk(item, at)
		}
	case cfn.Map:
		for _, e := range n.Entries {
			if strings.Contains(e.Key, ".amazonaws.com") { // a condition key begins with its issuer
				w.text(e.Key, n, at)
			}
			w.walk(e.Value, at.into(e.Key))
		}
	case cfn.Call:
		w.call(n, at)
	}
}

func (at spot) into(key string) spot {
	at.path += "." + key
	at.slot = key
	switch key {
	case "Principal", "NotPrincipal":
		at.principal = true
	case "Federated", "AWS": // identity providers and accounts are no services
		at.principal = false
	}
	return at
}
