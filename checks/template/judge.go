package template

import (
	"slices"
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/sam"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// judge notes a reference if it leads nowhere.
func (w *referrer) judge(u use) {
	if u.at.exists == No {
		return
	}
	switch u.function {
	case "Condition", "Fn::If":
		w.toCondition(u)
	case "Fn::FindInMap":
		w.toMapping(u)
	case "Fn::Select":
		w.toElement(u)
	case "Fn::ImportValue":
		w.imports = append(w.imports, importing{u, w.subject, w.section, w.from})
	default:
		w.toName(u)
	}
}

func (w *referrer) toCondition(u use) {
	d := w.stack.doc
	if d.Conditions.Entry(u.name) != nil {
		return
	}
	w.note(u, checks.Reference{Name: u.name, State: checks.RefUndefined, Open: d.opened("Conditions"),
		Nearest: spelling.Nearest(u.name, keysOf(d.Conditions))}, u.node, u.at.exists)
}

// toName judges a Ref, an attribute or a DependsOn.
func (w *referrer) toName(u use) {
	r, isResource := w.names.resources[u.name]
	switch {
	case isResource:
		w.toResource(u, r)
	case u.function != "DependsOn" && !u.dotted && (w.names.parameters[u.name] || slices.Contains(pseudoParameters, u.name)):
	case w.names.ofOther(u.name):
	default:
		w.note(u, checks.Reference{Name: u.name, Attribute: u.attribute, State: checks.RefUndefined, Open: w.names.may(u.name),
			Nearest: w.names.nearest(u.name, u.function != "DependsOn" && !u.dotted)}, u.node, u.at.exists)
	}
}

// ofOther tells a name with a dot that SAM resolves: a part of what it makes of
// a serverless resource, or a resource in a module.
func (k *names) ofOther(name string) bool {
	id, _, dotted := strings.Cut(name, ".")
	_, is := k.resources[id]
	return dotted && is && (k.serverless || slices.Contains(k.made, id))
}

func (w *referrer) toResource(u use, r *sam.Resource) {
	s := w.stack
	row := checks.Reference{Name: u.name, Attribute: u.attribute}
	if r != nil {
		row.Type = r.Type
	}
	if w.section == "Conditions" || w.section == "Rules" {
		row.State = checks.RefMisplaced
		w.note(u, row, u.node, u.at.exists)
		return
	}
	if r == nil { // SAM generates it under another id
		return
	}
	w.connect(u)
	if missing := s.missing(u.at, r); missing != No {
		row.State = checks.RefAbsent
		w.note(u, row, u.node, missing)
	}
	if name, is := strings.CutPrefix(u.attribute, "Outputs."); is && r.Type == nestedStack {
		w.read(u, name)
		return
	}
	if u.dotted && u.attribute != "" && !s.hasAttribute(w.names, r, u.attribute) {
		row.State, row.Nearest = checks.RefNoAttribute, nearestAttribute(r.Type, u.attribute)
		w.note(u, row, u.node, u.at.exists)
	}
}

// missing tells whether a resource does not exist where it is referred to.
func (s *stack) missing(at reach, r *sam.Resource) Truth {
	if r.Condition == "" {
		return No
	}
	guards := at.guards
	switch s.condition(r.Condition, r.Body) {
	case Yes:
		return No
	case Undecided:
		guards = append(guards[:len(guards):len(guards)], guard{s, r.Condition, No})
		at.exists = Undecided
	}
	if at.exists == Undecided && !possible(guards...) {
		return No
	}
	return at.exists
}

// hasAttribute tells whether a type has an attribute, in some region. Of a type
// that nobody lists, nothing is known.
func (s *stack) hasAttribute(k *names, r *sam.Resource, attribute string) bool {
	t, listed := registry.Lookup(r.Type)
	if !listed || r.Origin != nil && k.serverless && slices.Contains(samParts, strings.SplitN(attribute, ".", 2)[0]) {
		return true
	}
	if _, has := t.Attribute(attribute); has {
		return true
	}
	here, listed := registry.In(s.tree.options.Region, r.Type)
	if !listed {
		return false
	}
	_, has := here.Attribute(attribute)
	return has
}

// samParts are what SAM resolves after the dot of a serverless resource.
var samParts = []string{"Alias", "Version", "Stage", "Deployment", "DomainName", "DestinationTopic", "DestinationQueue"}

func nearestAttribute(kind, attribute string) string {
	t, listed := registry.Lookup(kind)
	if !listed {
		return ""
	}
	if kind == nestedStack && !strings.Contains(attribute, ".") {
		return "Outputs." + attribute
	}
	return spelling.Nearest(attribute, t.Attributes())
}

// connect notes that one resource waits for another.
func (w *referrer) connect(u use) {
	r := w.names.resources[u.name]
	if w.from == "" || r == nil || u.function == "Condition" || u.function == "Fn::If" {
		return
	}
	e := edge{to: u.name, node: u.node, exists: u.at.exists, guards: u.at.guards}
	if r.Condition != "" {
		to := w.stack.under(u.at, r.Condition, Yes, r.Body)
		e.exists, e.guards = to.exists, to.guards
	}
	w.graph.add(w.from, e)
}

// toMapping judges a lookup whose keys are known.
func (w *referrer) toMapping(u use) {
	s := w.stack
	in := u.node.Arg().List(3, 4)
	if in == nil || len(in) == 4 && in[3].Get("DefaultValue") != nil {
		return
	}
	name := readable(s.eval(in[0]))
	if name == nil {
		return
	}
	row := checks.Reference{Name: *name}
	m := s.doc.Mappings.Get(*name)
	if m == nil {
		row.State, row.Nearest, row.Open = checks.RefUndefined, spelling.Nearest(*name, keysOf(s.doc.Mappings)), s.doc.opened("Mappings")
		w.note(u, row, in[0], u.at.exists)
		return
	}
	for _, key := range in[1:3] {
		text := readable(s.eval(key))
		if text == nil || !m.IsMap() && !m.IsCall("Fn::Transform") {
			return
		}
		next := m.Get(*text)
		if next == nil {
			row.State, row.Attribute, row.Nearest = checks.RefNoKey, shownKey(row.Attribute, s.eval(key)), spelling.Nearest(*text, keysOf(m))
			row.Open = m.Kind == cfn.Call || slices.ContainsFunc(m.Entries, func(e cfn.Entry) bool { return e.IsUnexpanded() })
			w.note(u, row, key, u.at.exists)
			return
		}
		row.Attribute = shownKey(row.Attribute, s.eval(key))
		m = next
	}
}

// shownKey adds a key to those before it; one that is secret is a star.
func shownKey(before string, key Value) string {
	return strings.TrimPrefix(before+"."+key.Text(), ".")
}

// toElement judges a Fn::Select from a list that is known.
func (w *referrer) toElement(u use) {
	in := u.node.Arg().List(2, 2)
	if in == nil {
		return
	}
	index, known := w.stack.eval(in[0]).Literal()
	i, err := strconv.Atoi(index)
	v := w.stack.eval(in[1])
	if !known || err != nil || v.Kind != List || v.reason != "" || i >= 0 && i < len(v.items) {
		return
	}
	if i == 0 && v.param { // of an empty list parameter
		return
	}
	w.note(u, checks.Reference{Attribute: index, State: checks.RefOutOfRange, Size: len(v.items)}, u.node, u.at.exists)
}
