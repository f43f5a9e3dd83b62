package template

import "github.com/panther-preflight/panther-preflight/checks"

// walker goes through a template as it is written, in one stack: through the
// branches that conditions leave possible, and past comments, which are no
// nodes. It collects what stands there literally.
type walker struct {
	stack    *stack
	assets   map[Position]bool
	literals []checks.Literal
	lookups  []checks.RegionLookup
	reads    []checks.OutputRead
}

// spot is where the walker stands.
type spot struct {
	subject   string
	path      string
	slot      string // the nearest property name
	row       string // of a mapping
	principal bool
	exists    Truth
}

func (w *walker) document() {
	d, s := w.stack.doc, w.stack
	for _, r := range d.declared {
		at := spot{subject: s.subject(r.id), path: "Resources." + r.id, exists: s.presence(r)}
		if at.exists != No {
			w.walk(r.body, at)
		}
	}
	for _, e := range d.outputs {
		at := spot{subject: s.subject(e.key), path: "Outputs." + e.key, exists: s.produced(e)}
		if at.exists != No {
			w.walk(e.value, at)
		}
	}
	if s.exists == No {
		return
	}
	for _, m := range d.mappings.entries {
		for _, row := range m.value.entries {
			at := spot{subject: s.subject(m.key), path: "Mappings." + m.key + "." + row.key, row: row.key, exists: s.exists}
			w.walk(row.value, at)
		}
	}
	for _, p := range d.parameters {
		if _, replaced := s.given[p.name]; p.preset != nil && !replaced && s.parent == nil && !p.noEcho {
			w.walk(p.preset, spot{subject: "parameter:" + p.name, path: "Parameters." + p.name + ".Default", slot: "Default", exists: s.exists})
		}
	}
}

// produced tells whether an output comes to be.
func (s *stack) produced(e entry) Truth {
	c := e.value.get("Condition")
	if !c.isScalar() {
		return s.exists
	}
	return s.exists.and(s.condition(c.text, c))
}

func (w *walker) walk(n *node, at spot) {
	if !w.stack.tree.enter(w.stack, n) {
		return
	}
	defer w.stack.tree.leave()
	switch n.kind {
	case scalarNode:
		w.text(n.text, n, at)
	case listNode:
		for _, item := range n.items {
			w.walk(item, at)
		}
	case mapNode:
		for _, e := range n.entries {
			w.walk(e.value, at.into(e.key))
		}
	case callNode:
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
