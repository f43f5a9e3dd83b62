package sam

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// Resource is a resource as it is created: one that the template declares, or
// one that SAM generates.
type Resource struct {
	*cfn.Resource
	Origin *cfn.Resource // the serverless resource that it is generated of; nil: none
	Unless *cfn.Node     // a value in whose place it is generated; nil: none
}

// Unexpanded is a part of which is not known what SAM generates.
type Unexpanded struct {
	Origin *cfn.Resource
	Reason string
	Pos    cfn.Pos
}

// Value gives the text of a parameter, or of AWS::Region and AWS::Partition;
// false where it is not known.
type Value func(parameter string) (text string, known bool)

// Expansion is what a template creates.
type Expansion struct {
	Resources  []*Resource
	Unexpanded []Unexpanded
}

// Expand lists what the template creates: under the transform, what SAM
// generates takes the place of the AWS::Serverless resources; without it, what
// is declared. The template is not changed.
func Expand(t *cfn.Template, value Value) Expansion {
	g := newGenerator(t, value)
	if !t.Uses(cfn.Serverless) {
		for _, r := range t.Resources {
			g.out = append(g.out, &Resource{Resource: r})
		}
		return Expansion{Resources: g.out}
	}
	g.all()
	return Expansion{Resources: g.out, Unexpanded: g.unexpanded}
}

func newGenerator(t *cfn.Template, value Value) *generator {
	return &generator{template: t, value: value, seen: map[string]bool{}, declared: map[string]*cfn.Resource{}, owners: map[string][]Owner{}}
}

// all generates everything.
func (g *generator) all() {
	t := g.template
	for _, r := range t.Resources {
		g.seen[r.ID], g.declared[r.ID] = true, r
	}
	for _, r := range t.Resources {
		if expand, known := types[r.Type]; known {
			expand(g, r)
		} else {
			g.out = append(g.out, &Resource{Resource: r})
			if strings.HasPrefix(r.Type, "AWS::Serverless::") {
				g.unknown(r, r.Body, "SAM's type "+r.Type+" is not known")
			}
		}
		g.embeddedConnectors(r)
	}
	g.implicitAPIs()
	g.sharedUsagePlan()
	g.deploymentApplication()
}

// types is what SAM generates for each of its types.
var types map[string]func(*generator, *cfn.Resource)

func init() {
	types = map[string]func(*generator, *cfn.Resource){
		"AWS::Serverless::Function":         (*generator).function,
		"AWS::Serverless::Application":      (*generator).application,
		"AWS::Serverless::LayerVersion":     (*generator).layer,
		"AWS::Serverless::SimpleTable":      (*generator).table,
		"AWS::Serverless::Api":              (*generator).api,
		"AWS::Serverless::HttpApi":          (*generator).httpAPI,
		"AWS::Serverless::WebSocketApi":     (*generator).webSocketAPI,
		"AWS::Serverless::StateMachine":     (*generator).stateMachine,
		"AWS::Serverless::GraphQLApi":       (*generator).graphQL,
		"AWS::Serverless::CapacityProvider": (*generator).capacityProvider,
		"AWS::Serverless::Connector":        (*generator).connector,
	}
}

// generator collects what a template creates.
type generator struct {
	template   *cfn.Template
	value      Value
	out        []*Resource
	unexpanded []Unexpanded
	seen       map[string]bool // ids that are taken
	declared   map[string]*cfn.Resource

	event  string             // the event at work
	owners map[string][]Owner // see Owners
	shared []Owner            // of what is generated now, when it is not for its origin alone

	restImplicit, httpImplicit *cfn.Resource // the first resource with an event on the implicit API
	restEvents, httpEvents     []Owner       // all events on it
	plans                      []*usagePlan
	deployments                []*deployment
}

// add generates one resource. It stands where its origin stands and comes and
// goes with it.
func (g *generator) add(origin *cfn.Resource, id, kind string, properties *cfn.Node) *Resource {
	r := &Resource{
		Resource: &cfn.Resource{
			ID: id, Type: kind, Entry: origin.Entry, Body: origin.Body, Properties: properties, Condition: origin.Condition,
			DeletionPolicy: origin.DeletionPolicy,
		},
		Origin: origin,
	}
	if id != origin.ID {
		g.own(id, origin)
	}
	if id != origin.ID && g.seen[id] {
		return r // another event has generated it, or the template declares it
	}
	g.seen[id] = true
	g.out = append(g.out, r)
	return r
}

// unknown notes that what SAM makes of a node is not known.
func (g *generator) unknown(origin *cfn.Resource, at *cfn.Node, reason string) {
	pos := origin.Entry.Pos
	if at != nil {
		pos = at.Pos
	}
	u := Unexpanded{origin, reason, pos}
	if !slices.Contains(g.unexpanded, u) {
		g.unexpanded = append(g.unexpanded, u)
	}
}
