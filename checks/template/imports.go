package template

import (
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
)

// importing is one Fn::ImportValue.
type importing struct {
	use
	subject, section, from string
}

// export is one export that a stack of the release makes.
type export struct {
	stack *stack
	name  Value
	made  Truth
}

// exports are those of every stack.
func (t *Tree) exports() []export {
	var out []export
	for _, s := range t.stacks {
		for _, o := range s.doc.Outputs {
			if o.Export != nil && s.exists != No {
				out = append(out, export{s, s.eval(o.Export), s.produced(o)})
			}
		}
	}
	return out
}

// imported judges what stacks import of each other, once it is known what
// waits for what. An export that none of them makes is another stack's affair.
func (t *Tree) imported(walked []*referrer) []checks.Reference {
	var exports []export
	asked := false
	var out []checks.Reference
	graphs := map[*stack]graph{}
	for _, w := range walked {
		graphs[w.stack] = w.graph
	}
	for _, w := range walked {
		before := len(w.rows)
		for _, i := range w.imports {
			if !asked {
				exports, asked = t.exports(), true
			}
			w.imported(i, exports, graphs)
		}
		out = append(out, w.rows[before:]...)
		w.rows = w.rows[:before]
	}
	return out
}

func (w *referrer) imported(i importing, exports []export, graphs map[*stack]graph) {
	name := w.stack.eval(i.node.Arg())
	row := checks.Reference{Name: name.Text(), State: checks.RefNotExported}
	exists := No
	for _, e := range exports {
		if same(name, e.name) != Yes {
			continue
		}
		exists = i.at.exists
		state := w.stack.waits(i.from, e.stack, graphs)
		switch {
		case e.made == No:
			continue
		case state == "":
			return
		}
		row.State = state
		if e.made == Undecided || state == checks.RefUnordered {
			exists = exists.and(Undecided)
		}
	}
	w.subject, w.section = i.subject, i.section
	w.note(i.use, row, i.node, exists)
}

// waits is empty where a stack is made after the one that exports what it
// imports, else what is wrong with their order.
func (s *stack) waits(from string, exporter *stack, graphs map[*stack]graph) string {
	common := 0
	for common < len(s.path) && common < len(exporter.path) && s.path[common] == exporter.path[common] {
		common++
	}
	if common == len(exporter.path) { // its own export, or that of a stack around it
		return checks.RefExportedLater
	}
	if common < len(s.path) {
		from = s.path[common]
	}
	above := exporter
	for len(above.path) > common {
		above = above.parent
	}
	g, to := graphs[above], exporter.path[common]
	switch {
	case g.reaches(from, to):
		return ""
	case g.reaches(to, from):
		return checks.RefExportedLater
	}
	return checks.RefUnordered
}

// reaches tells whether one id waits for another.
func (g graph) reaches(from, to string) bool {
	seen, queue := map[string]bool{}, []string{from}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		if slices.ContainsFunc(g[id], func(e edge) bool { return e.to == to }) {
			return true
		}
		for _, e := range g[id] {
			if !seen[e.to] {
				seen[e.to] = true
				queue = append(queue, e.to)
			}
		}
	}
	return false
}
