package remove

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// contract says what a resource cannot do without. opaque is a resource whose
// contract is not known: it cannot do without anything that it states.
type contract struct {
	opaque   bool
	required map[string]bool // paths such as /Policies/*/PolicyName
}

func (p *run) contract(typ string) contract {
	if c, ok := p.contracts[typ]; ok {
		return c
	}
	c := contract{required: map[string]bool{}}
	if sam, ok := samRequired[typ]; ok {
		for _, path := range sam {
			c.required[path] = true
		}
		c.requireInside(p.Options.Region, samMakes[typ])
	} else if schema, ok := registry.In(p.Options.Region, typ); ok && !schema.AnyAttribute() {
		c.require(schema)
	} else {
		c.opaque = true
	}
	for _, path := range failClosed[typ] {
		c.required[path] = true
	}
	for _, path := range allOrNothing[typ] {
		c.required[path] = true
	}
	for _, name := range nameProperties(typ) {
		c.required["/"+name] = true
	}
	p.contracts[typ] = c
	return c
}

// require adds what the schema of a type requires, and what identifies a
// resource of it.
func (c contract) require(t *registry.Type) {
	for path := range t.RequiredPaths() {
		c.required[pointer(path)] = true
	}
	for _, id := range t.Identifier {
		if !t.ReadOnly.Covers(id) {
			c.required[pointer(id)] = true
		}
	}
}

// requireInside adds what a serverless property needs inside that goes, as it is
// written, into a property of the same name.
func (c contract) requireInside(region, made string) {
	schema, ok := registry.In(region, made)
	if !ok {
		return
	}
	for path := range schema.RequiredPaths() {
		if inside := pointer(path); strings.Count(inside, "/") > 1 {
			c.required[inside] = true
		}
	}
}

// pointer spells a path as the rules here do: Policies[*].PolicyName is
// /Policies/*/PolicyName.
func pointer(path string) string {
	return "/" + strings.NewReplacer("[*]", "/*", ".", "/").Replace(path)
}

// nameProperties are the properties that name a resource. One whose own name
// was built from what is gone was there for that only.
func nameProperties(typ string) []string {
	last := typ[strings.LastIndexByte(typ, ':')+1:]
	names := []string{last + "Name", "Name"}
	if typ == "AWS::EC2::SecurityGroup" {
		names = append(names, "GroupName")
	}
	if typ == "AWS::Serverless::SimpleTable" {
		names = append(names, "TableName")
	}
	return names
}

// statesAll tells whether everything below a path counts as stated on purpose,
// so that the loss of any part is the loss of the whole.
func (c contract) statesAll(typ, path string) bool {
	return c.opaque || slices.Contains(allOrNothing[typ], path) || slices.Contains(inseparable[typ], path)
}
