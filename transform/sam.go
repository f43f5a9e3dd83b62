package transform

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// lostEvents are the events of a surviving serverless resource that are lost,
// as the last look at it found.
func (r *resource) lostEvents() map[string]*cause { return r.events }

// lostEventsOf judges every event of a serverless resource.
func (w *walk) lostEventsOf(r *resource) map[string]*cause {
	if !strings.HasPrefix(r.typ, "AWS::Serverless::") {
		return nil
	}
	gone := map[string]*cause{}
	each(get(r.props, "Events"), func(key, event *yaml.Node) {
		if o := w.event(event, "/Events/"+key.Value); o.lost != nil {
			gone[key.Value] = o.lost
		}
	})
	r.events = gone
	return gone
}

// event judges one event. A source that lost any part would listen to
// something else, or an API event fall back to the open implicit API.
func (w *walk) event(event *yaml.Node, path string) outcome {
	if c := w.p.ruledOut(w, event, path); c != nil {
		return lost(c)
	}
	if fn, ok := intrinsic(event); ok {
		return w.call(event, fn, "", optional, true)
	}
	if event.Kind != yaml.MappingNode {
		return w.strict(event)
	}
	props := get(event, "Properties")
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
	if props != nil && (props.Kind != yaml.MappingNode || isCallNode(props)) {
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
func (w *walk) events(v *yaml.Node, gone map[string]*cause) outcome {
	if v.Kind != yaml.MappingNode || isCallNode(v) {
		return w.strict(v)
	}
	var out outcome
	var first *cause
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
func (p *pass) lostAuthorizer(w *walk, event, props *yaml.Node) *cause {
	name, ok := literal(at(props, "Auth", "Authorizer"))
	id := get(props, "RestApiId")
	if id == nil {
		id = get(props, "ApiId")
	}
	if id == nil && name != "NONE" {
		if c := w.t.globals[implicitSection(event)+"/Auth"]; c != nil {
			return c // the implicit API would be open without it
		}
	}
	if !ok || name == "NONE" {
		return nil
	}
	fn, ok := intrinsicRef(id)
	if !ok {
		return p.globalAuthorizer(w.t, event, name)
	}
	api := w.t.byID[fn]
	if api == nil {
		return nil
	}
	bare := &walk{p: p, t: w.t, r: api, typ: api.typ, contract: p.contract(api.typ)}
	return bare.lostAuthorizers(get(api.props, "Auth"))[name]
}

func intrinsicRef(n *yaml.Node) (string, bool) {
	if n == nil {
		return "", false
	}
	fn, ok := intrinsic(n)
	return fnValue(fn), ok && fn.name == "Ref"
}

func fnValue(fn call) string {
	if fn.arg == nil {
		return ""
	}
	return fn.arg.Value
}

// implicitSection is the section of Globals for the API that an event would be
// put into if it names none.
func implicitSection(event *yaml.Node) string {
	typ, _ := literal(get(event, "Type"))
	return typ
}

// globalAuthorizer looks the authorizer of the implicit API up in Globals.
func (p *pass) globalAuthorizer(t *template, event *yaml.Node, name string) *cause {
	section := implicitSection(event)
	auth := at(t.root, "Globals", section, "Auth")
	w := &walk{p: p, t: t, r: &resource{t: t}, typ: samSections[section], contract: p.contract(samSections[section])}
	return w.lostAuthorizers(auth)[name]
}

// lostAuthorizers judges each of the authorizers in an Auth block.
func (w *walk) lostAuthorizers(auth *yaml.Node) map[string]*cause {
	gone := map[string]*cause{}
	each(get(auth, "Authorizers"), func(key, v *yaml.Node) {
		if o := w.value(v, "/Auth/Authorizers/"+key.Value, required, true); o.lost != nil {
			gone[key.Value] = o.lost
		}
	})
	return gone
}

// auth repairs the Auth of a serverless API: authorizers that are lost go, and
// the API with them when one was the default for every route. Whatever else is
// lost there would leave the API open.
func (w *walk) auth(v *yaml.Node) outcome {
	if v.Kind != yaml.MappingNode || isCallNode(v) {
		return w.strict(v)
	}
	gone := w.lostAuthorizers(v)
	if name, ok := literal(get(v, "DefaultAuthorizer")); ok && gone[name] != nil {
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

func (w *walk) dropAuthorizers(out *outcome, authorizers *yaml.Node, gone map[string]*cause) {
	if len(gone) == len(authorizers.Content)/2 {
		if len(authorizers.Content) > 0 {
			w.drop(out, authorizers, gone[authorizers.Content[0].Value])
		}
		return
	}
	each(authorizers, func(key, v *yaml.Node) {
		if c := gone[key.Value]; c != nil {
			w.drop(out, v, c)
		}
	})
}

// lostImplicitAPI judges the API that the serverless transform makes up for
// events that name none: it is gone when all such events are.
func (p *pass) lostImplicitAPI(t *template, name string) *cause {
	kind := ""
	switch {
	case strings.HasPrefix(name, "ServerlessRestApi"):
		kind = "Api"
	case strings.HasPrefix(name, "ServerlessHttpApi"):
		kind = "HttpApi"
	default:
		return nil
	}
	var why *cause
	for _, r := range t.resources {
		if r.typ != "AWS::Serverless::Function" {
			continue
		}
		alive := false
		each(get(r.props, "Events"), func(key, event *yaml.Node) {
			props := get(event, "Properties")
			if !isLiteral(get(event, "Type"), kind) || get(props, "RestApiId") != nil || get(props, "ApiId") != nil {
				return
			}
			switch {
			case r.gone != nil:
				why = follow(r)
			case r.events[key.Value] != nil:
				why = r.events[key.Value]
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
