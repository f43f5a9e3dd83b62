package awsdata

import "strings"

// Type is what is known of one CloudFormation type.
type Type struct {
	// Rules say what creating takes, by property. They are nil when only the
	// handlers are known.
	Rules []Rule
	// Apart are actions in the handlers' lists for features that no property of
	// a template tells.
	Apart []string
	// Create, Update and Delete are the lists of the handlers: a union over
	// everything that the type can do. NoUpdate says that there is no update
	// handler: the resource is replaced.
	Create, Update, Delete []string
	NoUpdate               bool
	// Nameless are names in those lists that are no IAM actions.
	Nameless []string
}

type handlers struct {
	create, update, delete []string
	noUpdate               bool
	nameless               []string
}

// Type finds a type, or nil when nothing is known of it.
func (t *Tables) Type(name string) (*Type, error) {
	cut := strings.LastIndex(name, "::")
	if cut < 0 {
		return nil, nil
	}
	byName, err := t.namespace(name[:cut])
	if err != nil {
		return nil, err
	}
	h, published := byName[name[cut+2:]]
	o, known := t.overlay[name]
	if !published && !known {
		return nil, nil
	}
	out := &Type{Rules: o.rules, Apart: o.apart, Create: h.create, Update: h.update, Delete: h.delete, NoUpdate: h.noUpdate, Nameless: h.nameless}
	if !published {
		out.Update, out.NoUpdate = o.update, len(o.update) == 0
	}
	return out, nil
}

// Described is a type as its own schema describes it: permissions of handlers,
// in whatever spelling.
func (t *Tables) Described(create, update, remove []string, updates bool) (*Type, error) {
	out := &Type{NoUpdate: !updates}
	for _, l := range []struct {
		from []string
		to   *[]string
	}{{create, &out.Create}, {update, &out.Update}, {remove, &out.Delete}} {
		for _, name := range l.from {
			if to, ok := t.Alias(name); ok {
				name = to
			}
			a, err := t.Action(name)
			if err != nil {
				return nil, err
			}
			if a == nil {
				out.Nameless = append(out.Nameless, name)
				continue
			}
			*l.to = append(*l.to, a.Name)
		}
	}
	return out, nil
}

func (t *Tables) namespace(namespace string) (map[string]handlers, error) {
	if byName, done := t.types[namespace]; done {
		return byName, nil
	}
	text, _, err := t.read("types/" + namespace)
	if err != nil {
		return nil, err
	}
	byName := map[string]handlers{}
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		h := handlers{noUpdate: fields[2] == "-"}
		h.create = h.add(fields[1])
		h.update = h.add(fields[2])
		h.delete = h.add(fields[3])
		byName[fields[0]] = h
	}
	t.types[namespace] = byName
	return byName, nil
}

// add divides one list into actions and names that are none.
func (h *handlers) add(text string) (actions []string) {
	if text == "-" {
		return nil
	}
	for _, name := range list(text, " ") {
		if none, is := strings.CutPrefix(name, "?"); is {
			h.nameless = append(h.nameless, none)
		} else {
			actions = append(actions, name)
		}
	}
	return actions
}
