package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// referrer goes through the references of one stack and notes those that lead
// nowhere, and which resource waits for which.
type referrer struct {
	stack   *stack
	names   *names
	subject string
	section string
	from    string // the resource that refers; empty elsewhere
	rows    []checks.Reference
	reads   []checks.OutputRead
	graph   graph
	imports []importing
	circles []checks.Circle // of conditions
}

// references fills in the references of every stack that lead nowhere, the
// outputs that stacks read, and the circles.
func (t *Tree) references(out *checks.Release) {
	var walked []*referrer
	for _, s := range t.stacks {
		w := s.references()
		walked = append(walked, w)
		out.References, out.Reads = append(out.References, w.rows...), append(out.Reads, w.reads...)
		var order []string
		for _, r := range s.expanded().Resources {
			order = append(order, r.ID)
		}
		out.Circles = append(out.Circles, w.circles...)
		out.Circles = append(out.Circles, s.circles("resources", w.graph, order)...)
	}
	out.References = append(out.References, t.imported(walked)...)
}

// maxReferences that lead nowhere are listed of one stack.
const maxReferences = 500

// references goes through the sections of a stack in which there may be some.
func (s *stack) references() *referrer {
	w := &referrer{stack: s, names: s.known(), graph: graph{}}
	if s.exists == No {
		return w
	}
	all := reach{exists: s.exists}
	w.conditions(all)
	for _, r := range s.doc.Rules {
		w.begin("Rules", r.Name)
		w.walk(r.Condition, all)
		for _, a := range r.Assertions {
			w.walk(a.Assert, all)
		}
	}
	for _, r := range s.doc.Resources {
		w.resource(r, all)
	}
	w.generated(all)
	w.globals(all)
	for _, o := range s.doc.Outputs {
		w.begin("Outputs", o.Name)
		w.walk(o.Body, w.condition(o.Condition, o.Body, all))
	}
	return w
}

func (w *referrer) begin(section, name string) {
	w.section, w.subject, w.from = section, w.stack.subject(name), ""
}

func (w *referrer) walk(n *cfn.Node, at reach) { uses{w.stack, w.judge}.walk(n, at) }

// conditions judges every condition, used or not, as CloudFormation does.
func (w *referrer) conditions(all reach) {
	g := graph{}
	for _, e := range w.stack.doc.Conditions.Entries {
		if e.IsUnexpanded() {
			continue
		}
		w.begin("Conditions", e.Key)
		uses{w.stack, func(u use) {
			w.judge(u)
			if u.function == "Condition" {
				g.add(e.Key, edge{to: u.name, node: u.node, exists: u.at.exists})
			}
		}}.walk(e.Value, all)
	}
	w.circles = w.stack.circles("conditions", g, keysOf(w.stack.doc.Conditions))
}

// condition judges the condition of a resource or output, and is the reach of
// what it decides.
func (w *referrer) condition(name string, body *cfn.Node, at reach) reach {
	if name == "" {
		return at
	}
	n := body.Get("Condition")
	w.judge(use{function: "Condition", name: name, node: n, at: at})
	return w.stack.under(at, name, Yes, n)
}

// resource judges a resource as it is declared. One that no transform changes
// waits for what it refers to.
func (w *referrer) resource(r *cfn.Resource, all reach) {
	w.begin("Resources", r.ID)
	at := w.condition(r.Condition, r.Body, all)
	if w.stack.expanded().plain(r) {
		w.from = r.ID
	}
	if at.exists == No {
		return
	}
	for _, n := range r.DependsOn {
		w.judge(use{function: "DependsOn", name: n.Name(), node: n, at: at})
	}
	w.walk(r.Body, at)
}

// generated notes what the resources that SAM generates wait for.
func (w *referrer) generated(all reach) {
	s := w.stack
	for _, r := range s.expanded().Resources {
		if r.Origin == nil || s.presence(r) == No {
			continue
		}
		w.begin("Resources", r.Origin.ID)
		w.from = r.ID
		at := all
		if r.Condition != "" {
			at = s.under(all, r.Condition, Yes, r.Body)
		}
		uses{s, w.connect}.walk(r.Properties, at)
	}
}

// globals judges what Globals give to the resources of a type that is used.
func (w *referrer) globals(all reach) {
	for _, e := range w.stack.doc.Globals.Entries {
		for _, r := range w.stack.doc.Resources {
			if strings.TrimPrefix(r.Type, "AWS::Serverless::") == e.Key && w.stack.declared(r) != No {
				w.begin("Globals", r.ID)
				w.walk(e.Value, all)
				break
			}
		}
	}
}

// note lists a reference that leads nowhere.
func (w *referrer) note(u use, r checks.Reference, at *cfn.Node, exists Truth) {
	if exists == No || len(w.rows) >= maxReferences {
		return
	}
	p := w.stack.at(at)
	r.Subject, r.Section, r.Function, r.Exists = w.subject, w.section, u.function, exists.String()
	r.File, r.Line, r.Column = p.File, p.Line, p.Column
	w.rows = append(w.rows, r)
}

func keysOf(n *cfn.Node) []string {
	out := make([]string, len(n.Entries))
	for i, e := range n.Entries {
		out[i] = e.Key
	}
	return out
}
