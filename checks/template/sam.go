package template

import "strings"

// expand lists what the document creates: under the SAM transform, what SAM
// generates takes the place of the AWS::Serverless resources. The logical ids
// are SAM's own, because templates refer to them; where SAM ends one with a
// hash (versions, deployments, layers) it stands without.
func (d *document) expand() {
	if !d.uses(samTransform) {
		d.resources = d.declared
		d.index()
		return
	}
	g := generator{doc: d, seen: map[string]bool{}}
	for _, r := range d.declared {
		g.seen[r.id] = true
	}
	for _, r := range d.declared {
		if make, known := samTypes[r.kind]; known {
			make(&g, r)
			continue
		}
		g.out = append(g.out, r)
	}
	d.resources = g.out
	d.index()
}

func (d *document) index() {
	d.byID = make(map[string]*declaration, len(d.resources))
	for _, r := range d.resources {
		d.byID[r.id] = r
	}
}

// samTypes is what SAM generates for each of its types.
var samTypes = map[string]func(*generator, *declaration){
	"AWS::Serverless::Function":     (*generator).function,
	"AWS::Serverless::Application":  (*generator).application,
	"AWS::Serverless::LayerVersion": (*generator).layer,
	"AWS::Serverless::SimpleTable":  (*generator).table,
	"AWS::Serverless::Api":          (*generator).api,
	"AWS::Serverless::HttpApi":      (*generator).httpAPI,
	"AWS::Serverless::StateMachine": (*generator).stateMachine,
}

// generator collects what a document creates.
type generator struct {
	doc  *document
	out  []*declaration
	seen map[string]bool // ids that are taken
}

// add generates one resource. It stands where its origin stands and comes and
// goes with it.
func (g *generator) add(origin *declaration, id, kind string, properties *node) *declaration {
	r := &declaration{
		id: id, kind: kind, origin: origin, body: origin.body, properties: properties,
		condition: origin.condition, line: origin.line, column: origin.column,
	}
	if id != origin.id && g.seen[id] {
		return r // another event has generated it, or the template declares it
	}
	g.seen[id] = true
	g.out = append(g.out, r)
	return r
}

// maker builds nodes that stand where at stands.
type maker struct{ at *node }

func (m maker) text(s string) *node {
	return &node{kind: scalarNode, text: s, line: m.at.line, column: m.at.column}
}

func (m maker) list(items ...*node) *node {
	return &node{kind: listNode, items: items, line: m.at.line, column: m.at.column}
}

func (m maker) call(fn string, arg *node) *node {
	return &node{kind: callNode, fn: fn, items: []*node{arg}, line: m.at.line, column: m.at.column}
}

func (m maker) ref(id string) *node { return m.call("Ref", m.text(id)) }

func (m maker) arn(id string) *node { return m.call("Fn::GetAtt", m.text(id+".Arn")) }

func (m maker) sub(text string) *node { return m.call("Fn::Sub", m.text(text)) }

// object makes a map of key, value pairs; a nil value leaves its key out.
func (m maker) object(pairs ...any) *node {
	n := &node{kind: mapNode, line: m.at.line, column: m.at.column}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v, _ := pairs[i+1].(*node); v != nil {
			n.entries = append(n.entries, entry{pairs[i].(string), v.line, v.column, v})
		}
	}
	return n
}

// without copies a map and leaves keys out.
func without(n *node, keys ...string) *node {
	out := &node{kind: mapNode, line: n.line, column: n.column}
next:
	for _, e := range n.entries {
		for _, k := range keys {
			if e.key == k {
				continue next
			}
		}
		out.entries = append(out.entries, e)
	}
	return out
}

func (n *node) set(key string, v *node) {
	if v != nil {
		n.entries = append(n.entries, entry{key, v.line, v.column, v})
	}
}

// globals merges what Globals gives to a SAM type below a resource's own
// properties: maps are merged, lists are joined, anything else is replaced.
func (d *document) withGlobals(r *declaration) *node {
	section := strings.TrimPrefix(r.kind, "AWS::Serverless::")
	g := d.globals.get(section)
	if g == nil || r.properties.kind != mapNode {
		return r.properties
	}
	return merge(g, r.properties)
}

func merge(base, own *node) *node {
	switch {
	case base.kind == mapNode && own.kind == mapNode:
		out := &node{kind: mapNode, line: own.line, column: own.column}
		for _, e := range base.entries {
			if v := own.get(e.key); v != nil {
				e.value = merge(e.value, v)
			}
			out.entries = append(out.entries, e)
		}
		for _, e := range own.entries {
			if base.get(e.key) == nil {
				out.entries = append(out.entries, e)
			}
		}
		return out
	case base.kind == listNode && own.kind == listNode:
		items := append(append([]*node{}, base.items...), own.items...)
		return &node{kind: listNode, items: items, line: own.line, column: own.column}
	}
	return own
}
