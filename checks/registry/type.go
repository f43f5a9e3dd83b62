package registry

import (
	"fmt"
	"strings"
	"sync"
)

// Type is a resource type as the registry of a region has it.
type Type struct {
	Name string
	// Schema is that of the properties.
	Schema *Schema

	ReadOnly              Paths
	CreateOnly            Paths // changing one replaces the resource
	ConditionalCreateOnly Paths // changing one may replace it
	WriteOnly             Paths
	Deprecated            Paths
	// Identifier is the primary identifier. Ref gives it where it is a single
	// property and the type does not say otherwise.
	Identifier Paths
	Tagging    Tagging
	Lifecycle  Lifecycle
	// DeleteFirst says that a replacement deletes the old resource before it
	// creates the new one.
	DeleteFirst bool

	attributes []string // beside read-only properties
	everything bool     // every property is an attribute
	anything   bool     // any name is an attribute, as of a custom resource
}

// Lifecycle is what the service has announced of the type.
type Lifecycle struct {
	Status string // maintenance, sunset, shutdown; empty: nothing
	Date   string // 2006-01-02
}

// Lookup finds a type as us-east-1 has it, or the region with most in common
// where that has none. A custom resource has the type
// AWS::CloudFormation::CustomResource.
func Lookup(name string) (*Type, bool) { return embedded.lookup(name, "") }

// In finds a type as the registry of a region has it; ok is false where the
// region does not list it. Of a region whose registry is not known it is what
// Lookup finds.
func In(region, name string) (t *Type, ok bool) { return embedded.lookup(name, region) }

// Err is why the embedded table cannot be read; nil in any sound build.
func Err() error {
	_, err := embedded.index()
	return err
}

const customResource = "AWS::CloudFormation::CustomResource"

func (t *table) lookup(name, region string) (*Type, bool) {
	if strings.HasPrefix(name, "Custom::") {
		name = customResource
	}
	i, err := t.index()
	if err != nil {
		return nil, false
	}
	have, ok := i.sets[name]
	if !ok {
		return nil, false
	}
	bit, known := i.bit(region)
	if known && have&bit == 0 {
		return nil, false
	}
	cut := strings.LastIndex(name, "::")
	n, err := t.namespace(name[:cut])
	if err != nil {
		return nil, false
	}
	f := n.types[name[cut+2:]]
	if f == nil {
		return nil, false
	}
	got, err := t.decoded(name, n, f, bit)
	return got, err == nil
}

type typeKey struct {
	name    string
	variant int
}

func (t *table) decoded(name string, n *namespace, f *form, bit uint64) (*Type, error) {
	once, _ := t.types.LoadOrStore(typeKey{name, f.variant(bit)}, sync.OnceValues(func() (*Type, error) {
		d, err := f.read(bit)
		if err != nil {
			return nil, fmt.Errorf("read the embedded type %s: %w", name, err)
		}
		out, err := decode(name, d, n.shared)
		if err != nil {
			return nil, fmt.Errorf("read the embedded type %s: %w", name, err)
		}
		return out, nil
	}))
	return once.(func() (*Type, error))()
}

func decode(name string, d *document, shared map[string]string) (*Type, error) {
	t := &Type{Name: name, Tagging: defaultTagging, anything: name == customResource}
	l := &linker{document: d, shared: shared, done: map[string]*Schema{}}
	t.Schema = &Schema{Properties: make(map[string]*Schema, len(d.properties))}
	for key, text := range d.keywords {
		r := &reader{text: text}
		if !t.keyword(r, key) {
			l.keyword(r, t.Schema, key)
		}
		if err := r.end(); err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
	}
	for property, text := range d.properties {
		r := &reader{text: text}
		t.Schema.Properties[property] = l.schema(r)
		if err := r.end(); err != nil {
			return nil, fmt.Errorf("property %s: %w", property, err)
		}
	}
	t.settleTagging()
	return t, nil
}

// keyword reads a keyword of the type that is not of its schema.
func (t *Type) keyword(r *reader, key string) (ours bool) {
	if into := t.paths(key); into != nil {
		*into = r.strings()
		return true
	}
	switch key {
	case "tagging":
		t.Tagging.read(r)
	case "lifecycle":
		t.Lifecycle.read(r)
	case "replacementStrategy":
		t.DeleteFirst = r.string() == "delete_then_create"
	case "attributes":
		t.attributes = r.strings()
	case "everyPropertyIsAttribute":
		t.everything = r.bool()
	default:
		return false
	}
	return true
}

func (t *Type) paths(key string) *Paths {
	switch key {
	case "readOnlyProperties":
		return &t.ReadOnly
	case "createOnlyProperties":
		return &t.CreateOnly
	case "conditionalCreateOnlyProperties":
		return &t.ConditionalCreateOnly
	case "writeOnlyProperties":
		return &t.WriteOnly
	case "deprecatedProperties":
		return &t.Deprecated
	case "primaryIdentifier":
		return &t.Identifier
	}
	return nil
}

func (l *Lifecycle) read(r *reader) {
	r.object(func(key string) {
		switch key {
		case "status":
			l.Status = r.string()
		case "date":
			l.Date = r.string()
		default:
			r.raw()
		}
	})
}
