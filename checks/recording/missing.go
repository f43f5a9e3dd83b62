package recording

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
)

// unrecorded are the facts that a file does not have at all: one made by an
// earlier version did not read them. They are gaps, for what nobody read must
// not be taken for an empty list. Inside a list, the list is the gap. What the
// file itself calls missing needs no second reason.
func (r *Recording) unrecorded(facts json.RawMessage) []checks.Gap {
	m := missing{}
	m.look(facts, reflect.TypeFor[checks.Facts](), "", "")
	return slices.DeleteFunc(m.gaps, func(g checks.Gap) bool {
		return slices.ContainsFunc(r.Gaps, func(known checks.Gap) bool { return known.Fact == g.Fact }) ||
			slices.ContainsFunc(r.Absent, func(known checks.Absent) bool { return known.Fact == g.Fact })
	})
}

type missing struct{ gaps []checks.Gap }

// look compares one value with its type. List is the path of the list that
// holds it, empty outside of any.
func (m *missing) look(text json.RawMessage, t reflect.Type, path, list string) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Struct:
		var have map[string]json.RawMessage
		if json.Unmarshal(text, &have) != nil || have == nil {
			return
		}
		for field, name := range checks.Fields(t) {
			inside := name
			if path != "" {
				inside = path + "." + name
			}
			switch value, is := have[name]; {
			case is:
				m.look(value, field.Type, inside, list)
			case list != "":
				m.add(list)
			default:
				m.add(inside)
			}
		}
	case reflect.Slice:
		var items []json.RawMessage
		if json.Unmarshal(text, &items) != nil {
			return
		}
		for _, item := range items {
			m.look(item, t.Elem(), path, path)
		}
	}
}

func (m *missing) add(fact string) {
	if !slices.ContainsFunc(m.gaps, func(g checks.Gap) bool { return g.Fact == fact }) {
		m.gaps = append(m.gaps, checks.Gap{Fact: fact, Reason: "the recording does not have it; record the facts again with this version"})
	}
}
