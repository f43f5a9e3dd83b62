package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// expand lists what the document creates: under the SAM transform, what SAM
// generates takes the place of the AWS::Serverless resources. The logical ids
// are SAM's own, because templates refer to them; where SAM ends one with a
// hash (versions, deployments, layers) it stands without.
func (d *document) expand() {
	if !d.Uses(cfn.Serverless) {
		d.resources = d.declared
		d.index()
		return
	}
	g := generator{doc: d, seen: map[string]bool{}}
	for _, r := range d.declared {
		g.seen[r.ID] = true
	}
	for _, r := range d.declared {
		if make, known := samTypes[r.Type]; known {
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
		d.byID[r.ID] = r
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
func (g *generator) add(origin *declaration, id, kind string, properties *cfn.Node) *declaration {
	r := &declaration{
		Resource: &cfn.Resource{
			ID: id, Type: kind, Entry: origin.Entry, Body: origin.Body, Properties: properties, Condition: origin.Condition,
			DeletionPolicy: origin.DeletionPolicy,
		},
		origin: origin,
	}
	if id != origin.ID && g.seen[id] {
		return r // another event has generated it, or the template declares it
	}
	g.seen[id] = true
	g.out = append(g.out, r)
	return r
}

// globals merges what Globals gives to a SAM type below a resource's own
// properties: maps are merged, lists are joined, anything else is replaced.
func (d *document) withGlobals(r *declaration) *cfn.Node {
	section := strings.TrimPrefix(r.Type, "AWS::Serverless::")
	g := d.Globals.Get(section)
	if g == nil || r.Properties.Kind != cfn.Map {
		return r.Properties
	}
	return merge(g, r.Properties)
}

func merge(base, own *cfn.Node) *cfn.Node {
	switch {
	case base.Kind == cfn.Map && own.Kind == cfn.Map:
		out := &cfn.Node{Kind: cfn.Map, Pos: own.Pos}
		for _, e := range base.Entries {
			if v := own.Get(e.Key); v != nil {
				e.Value = merge(e.Value, v)
			}
			out.Entries = append(out.Entries, e)
		}
		for _, e := range own.Entries {
			if base.Get(e.Key) == nil {
				out.Entries = append(out.Entries, e)
			}
		}
		return out
	case base.Kind == cfn.List && own.Kind == cfn.List:
		items := append(append([]*cfn.Node{}, base.Items...), own.Items...)
		return &cfn.Node{Kind: cfn.List, Items: items, Pos: own.Pos}
	}
	return own
}
