package remove

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// lostEventsOf judges every event of a serverless resource.
func (w *refChecker) lostEventsOf(r *plan.Resource) map[string]*plan.Cause {
	if !strings.HasPrefix(r.Type, "AWS::Serverless::") {
		return nil
	}
	gone := map[string]*plan.Cause{}
	for _, e := range r.Props.Get("Events").Pairs() {
		event := e.Value
		if o := w.event(event, "/Events/"+e.Key); o.lost != nil {
			gone[e.Key] = o.lost
		}
	}
	w.p.events[r] = gone
	return gone
}

// event judges one event. A source that lost any part would listen to
// something else, or an API event fall back to the open implicit API.
func (w *refChecker) event(event *cfn.Node, path string) outcome {
	if c := w.p.ruledOut(w, event, path); c != nil {
		return lost(c)
	}
	if event.Kind == cfn.Call {
		return w.call(event, "", optional, true)
	}
	if !event.IsMap() {
		return w.strict(event)
	}
	props := event.Get("Properties")
	if c := w.p.lostAuthorizer(w, event, props); c != nil {
		return lost(c)
	}
	if c := w.p.unguardedEvent(w.t, event, props); c != nil {
		return lost(c)
	}
	var out outcome
	for _, e := range event.Entries {
		if v := e.Value; v != props {
			o := w.strict(v)
			if o.lost != nil {
				return o
			}
			out.add(o)
		}
	}
	if props != nil && !props.IsMap() {
		return w.strict(props)
	}
	for _, e := range props.Pairs() {
		name, v := e.Key, e.Value
		o := w.value(v, "", required, true)
		switch {
		case o.lost == nil:
			out.add(o)
		case name == "DestinationConfig" || name == "DeadLetterConfig":
			w.drop(&out, v, o.lost)
		default:
			return o
		}
	}
	return out
}

// events drops the events that are lost.
func (w *refChecker) events(v *cfn.Node, gone map[string]*plan.Cause) outcome {
	if !v.IsMap() {
		return w.strict(v)
	}
	var out outcome
	var first *plan.Cause
	left := 0
	for _, e := range v.Pairs() {
		name, event := e.Key, e.Value
		if c := gone[name]; c != nil {
			first = c
			w.drop(&out, event, c)
			continue
		}
		left++
		out.add(w.event(event, "/Events/"+name))
	}
	if left == 0 && first != nil {
		return lost(first)
	}
	return out
}

// lostAuthorizer tells whether an event asks for an authorizer that its API no
// longer has.
func (p *run) lostAuthorizer(w *refChecker, event, props *cfn.Node) *plan.Cause {
	name, ok := props.At("Auth", "Authorizer").Scalar()
	id := props.Get("RestApiId")
	if id == nil {
		id = props.Get("ApiId")
	}
	if id == nil && name != "NONE" {
		if c := w.p.globals[w.t][implicitSection(event)+"/Auth"]; c != nil {
			return c // the implicit API would be open without it
		}
	}
	if !ok || name == "NONE" {
		return nil
	}
	fn, ok := id.Ref()
	if !ok {
		return p.globalAuthorizer(w.t, event, name)
	}
	api := w.t.ByID[fn]
	if api == nil {
		return nil
	}
	bare := &refChecker{p: p, t: w.t, r: api, typ: api.Type, contract: p.contract(api.Type)}
	return bare.lostAuthorizers(api.Props.Get("Auth"))[name]
}

// implicitSection is the section of Globals for the API that an event would be
// put into if it names none.
func implicitSection(event *cfn.Node) string {
	typ, _ := event.Get("Type").Scalar()
	return typ
}

// globalAuthorizer looks the authorizer of the implicit API up in Globals.
func (p *run) globalAuthorizer(t *plan.Template, event *cfn.Node, name string) *plan.Cause {
	section := implicitSection(event)
	auth := t.Root.At("Globals", section, "Auth")
	w := &refChecker{p: p, t: t, r: &plan.Resource{Template: t}, typ: plan.SamSections[section], contract: p.contract(plan.SamSections[section])}
	return w.lostAuthorizers(auth)[name]
}

// lostAuthorizers judges each of the authorizers in an Auth block.
func (w *refChecker) lostAuthorizers(auth *cfn.Node) map[string]*plan.Cause {
	gone := map[string]*plan.Cause{}
	for _, e := range auth.Get("Authorizers").Pairs() {
		v := e.Value
		if o := w.value(v, "/Auth/Authorizers/"+e.Key, required, true); o.lost != nil {
			gone[e.Key] = o.lost
		}
	}
	return gone
}

// auth repairs the Auth of a serverless API: authorizers that are lost go, and
// the API with them when one was the default for every route. Whatever else is
// lost there would leave the API open; routes that asked for none were open.
func (w *refChecker) auth(v *cfn.Node) outcome {
	if !v.IsMap() {
		return w.strict(v)
	}
	gone := w.lostAuthorizers(v)
	if name, ok := v.Get("DefaultAuthorizer").Scalar(); ok && gone[name] != nil {
		return lost(gone[name])
	}
	var out outcome
	for _, e := range v.Pairs() {
		name, value := e.Key, e.Value
		if name != "Authorizers" {
			if o := w.value(value, "", required, true); o.lost != nil {
				return o
			}
			continue
		}
		if len(v.Entries) > 1 || len(gone) < len(value.Pairs()) || len(gone) == 0 {
			w.dropAuthorizers(&out, value, gone)
			continue
		}
		why := gone[value.Entries[0].Key]
		if w.r.ID == "Globals" || bodied(w.r) {
			return lost(why)
		}
		w.drop(&out, v, why) // the events that asked for one go by themselves
	}
	return out
}

// onlyNames tells whether an Auth of Globals does no more than name authorizers
// for what asks for one of them.
func onlyNames(t *plan.Template, typ string, auth *cfn.Node) bool {
	return len(auth.Pairs()) == 1 && auth.Get("Authorizers") != nil &&
		!slices.ContainsFunc(t.Resources, func(r *plan.Resource) bool { return r.Type == typ && bodied(r) })
}

// bodied tells whether a serverless API has a body, which may ask for authorizers
// by their names.
func bodied(r *plan.Resource) bool {
	return r.Props.Get("DefinitionBody") != nil || r.Props.Get("DefinitionUri") != nil
}

func (w *refChecker) dropAuthorizers(out *outcome, authorizers *cfn.Node, gone map[string]*plan.Cause) {
	if all := authorizers.Pairs(); len(gone) == len(all) {
		if len(all) > 0 {
			w.drop(out, authorizers, gone[all[0].Key])
		}
		return
	}
	for _, e := range authorizers.Pairs() {
		v := e.Value
		if c := gone[e.Key]; c != nil {
			w.drop(out, v, c)
		}
	}
}
