package registry

import "fmt"

// linker decodes the schemas of one type and puts definitions in place of
// their names. Only definitions that are reached are decoded.
type linker struct {
	*document
	shared map[string]string
	done   map[string]*Schema
}

// definition decodes one definition, once: it may lead back to itself.
func (l *linker) definition(r *reader, name string) *Schema {
	if s, ok := l.done[name]; ok {
		return s
	}
	text, ok := l.definitions[name]
	if !ok {
		text, ok = l.shared[name]
	}
	if !ok {
		if r.err == nil {
			r.err = fmt.Errorf("the definition %s is missing", name)
		}
		return nil
	}
	s := &Schema{}
	l.done[name] = s
	below := &reader{text: text}
	below.object(func(key string) { l.keyword(below, s, key) })
	if err := below.end(); err != nil && r.err == nil {
		r.err = fmt.Errorf("definition %s: %w", name, err)
	}
	return s
}
