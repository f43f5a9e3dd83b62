package template

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// typeInfo is how CloudFormation names a resource of a type, as the registry
// says, and what Ref and GetAtt give for it, as a row of types.txt says.
type typeInfo struct {
	property  string // empty: the type has no name property
	longest   int
	generated string
	ref       string
	arn       string
	attrs     map[string]string
}

//go:embed types.txt
var typesText string

var types = sync.OnceValue(func() map[string]typeInfo {
	all := map[string]typeInfo{}
	for line := range strings.Lines(typesText) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "#") {
			continue
		}
		// {Property|default} holds the separator: put such cells together again.
		cells = rejoin(cells)
		if len(cells) == 5 {
			all[cells[0]] = readType(cells)
		}
	}
	return all
})

func rejoin(cells []string) []string {
	var out []string
	for _, c := range cells {
		if last := len(out) - 1; last >= 0 && strings.Count(out[last], "{") > strings.Count(out[last], "}") {
			out[last] += "|" + c
			continue
		}
		out = append(out, c)
	}
	for i := range out {
		if out[i] = strings.TrimSpace(out[i]); out[i] == "-" {
			out[i] = ""
		}
	}
	return out
}

func readType(cells []string) typeInfo {
	t := typeInfo{generated: cells[1], ref: cells[2], arn: cells[3], attrs: map[string]string{}}
	for _, a := range strings.Fields(cells[4]) {
		name, format, _ := strings.Cut(a, "=")
		t.attrs[name] = format
	}
	return t
}

// typeOf returns what is known of a type. Ref of a type without a row is its
// name where the name alone identifies a resource of it.
func typeOf(r *sam.Resource) typeInfo {
	t, listed := types()[r.Type]
	if !listed {
		t.generated = "id"
	}
	registered, ok := registry.Lookup(r.Type)
	if !ok {
		t.property = probableName(r)
		return t
	}
	naming := registered.Naming()
	t.property, t.longest = naming.Property, naming.Longest
	if !listed && naming.Property != "" && slices.Equal(registered.Identifier, registry.Paths{naming.Property}) {
		t.ref = "{n}"
	}
	return t
}

// probableName is, of a type that no region has yet, a declared property that
// is plainly a name.
func probableName(r *sam.Resource) string {
	last := r.Type[strings.LastIndexByte(r.Type, ':')+1:]
	for _, property := range []string{last + "Name", "Name"} {
		if strings.HasPrefix(r.Type, "AWS::") && r.Properties.Get(property) != nil {
			return property
		}
	}
	return ""
}
