package remove

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// lostEventsOf judges every event of a serverless resource.
func (w *refChecker) lostEventsOf(r *plan.Resource) map[string]*plan.Cause {
	if !strings.HasPrefix(r.Type, "AWS::Serverless::") {
		return nil
	}
	gone := map[string]*plan.Cause{}
	syntax.Each(syntax.Get(r.Props, "Events"), func(key, event *yaml.Node) {
		if o := w.event(event, "/Events/"+key.Value); o.lost != nil {
			gone[key.Value] = o.lost
		}
	})
	w.p.events[r] = gone
	return gone
}

// event judges one event. A source that lost any part would listen to
// something else, or an API event fall back to the open implicit API.
func (w *refChecker) event(event *yaml.Node, path string) outcome {
	if c := w.p.ruledOut(w, event, path); c != nil {
		return lost(c)
	}
	if fn, ok := syntax.Intrinsic(event); ok {
		return w.call(event, fn, "", optional, true)
	}
	if event.Kind != yaml.MappingNode {
		return w.strict(event)
	}
	props := syntax.Get(event, "Properties")
	if c := w.p.lostAuthorizer(w, event, props); c != nil {
		return lost(c)
	}
	var out outcome
	for i := 0; i+1 < len(event.Content); i += 2 {
		if v := event.Content[i+1]; v != props {
			o := w.strict(v)
			if o.lost != nil {
				return o
			}
			out.add(o)
		}
	}
	if props != nil && (props.Kind != yaml.MappingNode || syntax.IsCallNode(props)) {
		return w.strict(props)
	}
	for i := 0; props != nil && i+1 < len(props.Content); i += 2 {
		name, v := props.Content[i].Value, props.Content[i+1]
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
func (w *refChecker) events(v *yaml.Node, gone map[string]*plan.Cause) outcome {
	if v.Kind != yaml.MappingNode || syntax.IsCallNode(v) {
		return w.strict(v)
	}
	var out outcome
	var first *plan.Cause
	left := 0
	for i := 0; i+1 < len(v.Content); i += 2 {
		name, event := v.Content[i].Value, v.Content[i+1]
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
func (p *run) lostAuthorizer(w *refChecker, event, props *yaml.Node) *plan.Cause {
	name, ok := syntax.Literal(syntax.At(props, "Auth", "Authorizer"))
	id := syntax.Get(props, "RestApiId")
	if id == nil {
		id = syntax.Get(props, "ApiId")
	}
	if id == nil && name != "NONE" {
		if c := w.p.globals[w.t][implicitSection(event)+"/Auth"]; c != nil {
			return c // the implicit API would be open without it
		}
	}
	if !ok || name == "NONE" {
		return nil
	}
	fn, ok := syntax.IntrinsicRef(id)
	if !ok {
		return p.globalAuthorizer(w.t, event, name)
	}
	api := w.t.ByID[fn]
	if api == nil {
		return nil
	}
	bare := &refChecker{p: p, t: w.t, r: api, typ: api.Type, contract: p.contract(api.Type)}
	return bare.lostAuthorizers(syntax.Get(api.Props, "Auth"))[name]
}

// implicitSection is the section of Globals for the API that an event would be
// put into if it names none.
func implicitSection(event *yaml.Node) string {
	typ, _ := syntax.Literal(syntax.Get(event, "Type"))
	return typ
}

// globalAuthorizer looks the authorizer of the implicit API up in Globals.
func (p *run) globalAuthorizer(t *plan.Template, event *yaml.Node, name string) *plan.Cause {
	section := implicitSection(event)
	auth := syntax.At(t.Root, "Globals", section, "Auth")
	w := &refChecker{p: p, t: t, r: &plan.Resource{Template: t}, typ: plan.SamSections[section], contract: p.contract(plan.SamSections[section])}
	return w.lostAuthorizers(auth)[name]
}

// lostAuthorizers judges each of the authorizers in an Auth block.
func (w *refChecker) lostAuthorizers(auth *yaml.Node) map[string]*plan.Cause {
	gone := map[string]*plan.Cause{}
	syntax.Each(syntax.Get(auth, "Authorizers"), func(key, v *yaml.Node) {
		if o := w.value(v, "/Auth/Authorizers/"+key.Value, required, true); o.lost != nil {
			gone[key.Value] = o.lost
		}
	})
	return gone
}

// auth repairs the Auth of a serverless API: authorizers that are lost go, and
// the API with them when one was the default for every route. Whatever else is
// lost there would leave the API open.
func (w *refChecker) auth(v *yaml.Node) outcome {
	if v.Kind != yaml.MappingNode || syntax.IsCallNode(v) {
		return w.strict(v)
	}
	gone := w.lostAuthorizers(v)
	if name, ok := syntax.Literal(syntax.Get(v, "DefaultAuthorizer")); ok && gone[name] != nil {
		return lost(gone[name])
	}
	var out outcome
	for i := 0; i+1 < len(v.Content); i += 2 {
		name, value := v.Content[i].Value, v.Content[i+1]
		if name != "Authorizers" {
			if o := w.value(value, "", required, true); o.lost != nil {
				return o
			}
			continue
		}
		w.dropAuthorizers(&out, value, gone)
		if len(v.Content) == 2 && len(gone) == len(value.Content)/2 && len(gone) > 0 {
			return lost(gone[value.Content[0].Value])
		}
	}
	return out
}

func (w *refChecker) dropAuthorizers(out *outcome, authorizers *yaml.Node, gone map[string]*plan.Cause) {
	if len(gone) == len(authorizers.Content)/2 {
		if len(authorizers.Content) > 0 {
			w.drop(out, authorizers, gone[authorizers.Content[0].Value])
		}
		return
	}
	syntax.Each(authorizers, func(key, v *yaml.Node) {
		if c := gone[key.Value]; c != nil {
			w.drop(out, v, c)
		}
	})
}

// lostImplicitAPI judges the API that the serverless transform makes up for
// events that name none: it is gone when all such events are.
func (p *run) lostImplicitAPI(t *plan.Template, name string) *plan.Cause {
	kind := ""
	switch {
	case strings.HasPrefix(name, "ServerlessRestApi"):
		kind = "Api"
	case strings.HasPrefix(name, "ServerlessHttpApi"):
		kind = "HttpApi"
	default:
		return nil
	}
	var why *plan.Cause
	for _, r := range t.Resources {
		if r.Type != "AWS::Serverless::Function" {
			continue
		}
		alive := false
		syntax.Each(syntax.Get(r.Props, "Events"), func(key, event *yaml.Node) {
			props := syntax.Get(event, "Properties")
			if !syntax.IsLiteral(syntax.Get(event, "Type"), kind) || syntax.Get(props, "RestApiId") != nil || syntax.Get(props, "ApiId") != nil {
				return
			}
			switch {
			case r.Gone != nil:
				why = follow(r)
			case p.events[r][key.Value] != nil:
				why = p.events[r][key.Value]
			default:
				alive = true
			}
		})
		if alive {
			return nil
		}
	}
	return why
}
