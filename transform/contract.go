package transform

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/transform/data"
)

// contract says what a resource cannot do without. opaque is a resource whose
// contract is not known: it cannot do without anything that it states.
type contract struct {
	data.Contract
	opaque   bool
	required map[string]bool
}

func (p *pass) contract(typ string) contract {
	if c, ok := p.contracts[typ]; ok {
		return c
	}
	c := contract{required: map[string]bool{}}
	if sam, ok := samRequired[typ]; ok {
		for _, path := range sam {
			c.required[path] = true
		}
	} else if schema, ok := data.Of(typ); ok && typ != "AWS::CloudFormation::CustomResource" {
		c.Contract = schema
		for _, id := range schema.IDs {
			c.required["/"+id] = true
		}
		for path, names := range schema.Required {
			for _, name := range names {
				c.required[path+"/"+name] = true
			}
		}
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
