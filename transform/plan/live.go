package plan

import (
	"slices"
)

// Callers are the live stacks that use the template.
func (m *Model) Callers(child *Template) []*Resource {
	var out []*Resource
	for _, t := range m.Order {
		for _, r := range t.Resources {
			if r.Child == child && r.Gone == nil && m.Live(t) {
				out = append(out, r)
			}
		}
	}
	return out
}

// Live tells whether the entry template still reaches t.
func (m *Model) Live(t *Template) bool { return t.IsEntry || slices.Contains(m.Reached, t) }

// Reach finds the templates that live stacks lead to.
func (m *Model) Reach() {
	m.Reached = []*Template{m.Entry}
	for i := 0; i < len(m.Reached); i++ {
		for _, r := range m.Reached[i].Resources {
			if r.Child != nil && r.Gone == nil && !slices.Contains(m.Reached, r.Child) {
				m.Reached = append(m.Reached, r.Child)
			}
		}
	}
}
