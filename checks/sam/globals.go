package sam

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// WithGlobals are the properties of a serverless resource with what Globals
// give to its type: maps are merged, lists are joined, anything else is
// replaced by the resource's own.
func WithGlobals(t *cfn.Template, r *cfn.Resource) *cfn.Node {
	global := t.Globals.Get(strings.TrimPrefix(r.Type, "AWS::Serverless::"))
	if global == nil || r.Properties.Kind != cfn.Map {
		return r.Properties
	}
	return Merge(global, r.Properties)
}

func (g *generator) withGlobals(r *cfn.Resource) *cfn.Node { return WithGlobals(g.template, r) }

// Merge puts a resource's own value over the one of Globals. Neither is
// changed.
func Merge(base, own *cfn.Node) *cfn.Node {
	switch {
	case base.Kind == cfn.Map && own.Kind == cfn.Map:
		out := &cfn.Node{Kind: cfn.Map, Pos: own.Pos}
		for _, e := range base.Entries {
			if v := own.Get(e.Key); v != nil {
				e.Value = Merge(e.Value, v)
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
