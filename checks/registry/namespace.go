package registry

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// namespace is the entry of one service: the definitions that its types share,
// and the text of each type with that of its regional forms.
type namespace struct {
	shared map[string]string
	types  map[string]*form
}

type form struct {
	base    string
	regions []regional
}

type regional struct {
	set   uint64
	patch string
}

func (t *table) namespace(name string) (*namespace, error) {
	once, _ := t.namespaces.LoadOrStore(name, sync.OnceValues(func() (*namespace, error) {
		text, _, err := t.read(name)
		if err != nil {
			return nil, err
		}
		n, err := parseNamespace(text)
		if err != nil {
			return nil, fmt.Errorf("read the embedded resource types of %s: %w", name, err)
		}
		return n, nil
	}))
	return once.(func() (*namespace, error))()
}

func parseNamespace(text string) (*namespace, error) {
	n := &namespace{shared: map[string]string{}, types: map[string]*form{}}
	var current *form
	for line := range strings.Lines(text) {
		head, body, found := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if head == "" && found {
			set, patch, _ := strings.Cut(body, "\t")
			bits, err := strconv.ParseUint(set, 16, 64)
			if err != nil || current == nil {
				return nil, fmt.Errorf("%q is no set of regions of a type", set)
			}
			current.regions = append(current.regions, regional{bits, patch})
			continue
		}
		if definition, is := strings.CutPrefix(head, "="); is {
			n.shared[definition] = body
			continue
		}
		current = &form{base: body}
		n.types[head] = current
	}
	return n, nil
}

// variant is which of the forms a region has: 0 is the base.
func (f *form) variant(region uint64) int {
	for i, r := range f.regions {
		if r.set&region != 0 {
			return i + 1
		}
	}
	return 0
}

// document is the text of a type as one region has it, keyword by keyword.
type document struct {
	keywords    map[string]string
	properties  map[string]string
	definitions map[string]string
}

// read puts the form of one region together.
func (f *form) read(region uint64) (*document, error) {
	d := &document{keywords: map[string]string{}, properties: map[string]string{}, definitions: map[string]string{}}
	if err := d.apply(f.base); err != nil {
		return nil, err
	}
	if v := f.variant(region); v > 0 {
		return d, d.apply(f.regions[v-1].patch)
	}
	return d, nil
}

// apply lays keywords over those that are there. Properties and definitions
// are laid one by one; null takes a keyword or a property away.
func (d *document) apply(text string) error {
	r := &reader{text: text}
	r.object(func(key string) {
		into := map[string]map[string]string{"properties": d.properties, "definitions": d.definitions}[key]
		if into == nil || r.peek() != '{' {
			lay(d.keywords, key, r.raw())
			return
		}
		r.object(func(name string) { lay(into, name, r.raw()) })
	})
	return r.end()
}

func lay(over map[string]string, key, value string) {
	if over[key] = value; value == "null" {
		delete(over, key)
	}
}
