package sam

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// event is one entry of the Events of a function or state machine.
type event struct {
	name string // of the event
	id   string // the id that what it makes begins with
	p    *cfn.Node
	m    cfn.Maker
}

// eventMaker generates what lets one event source invoke its owner.
type eventMaker func(g *generator, r *cfn.Resource, e event)

func (g *generator) events(r *cfn.Resource, p *cfn.Node, makers map[string]eventMaker) {
	events := p.Get("Events")
	if events == nil {
		return
	}
	if events.Kind != cfn.Map {
		g.unknown(r, events, "the events of "+r.ID+" are not written out")
		return
	}
	for _, e := range events.Entries {
		kind, known := g.text(e.Value.Get("Type"))
		if !known {
			g.unknown(r, e.Value, "the type of event "+e.Key+" is not written out")
			continue
		}
		make, handled := makers[kind]
		if !handled {
			g.unknown(r, e.Value, "SAM's event type "+kind+" is not known")
			continue
		}
		p := e.Value.Get("Properties")
		if !p.IsMap() {
			p = &cfn.Node{Kind: cfn.Map, Pos: e.Pos}
		}
		g.event = e.Key
		make(g, r, event{e.Key, r.ID + e.Key, p, cfn.Maker{At: e.Value}})
		g.event = ""
	}
}

// permit generates the permission of a service to invoke a function.
func (g *generator) permit(r *cfn.Resource, id, principal string, source *cfn.Node, m cfn.Maker) {
	g.add(r, id, "AWS::Lambda::Permission", m.Map(
		"Action", m.Text("lambda:InvokeFunction"), "FunctionName", m.Ref(r.ID), "Principal", m.Text(principal), "SourceArn", source))
}
