package template

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// typeInfo is one row of types.txt: how CloudFormation names a resource of the
// type and what Ref and GetAtt give for it.
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
		if len(cells) == 7 {
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
	t := typeInfo{property: cells[1], generated: cells[3], ref: cells[4], arn: cells[5], attrs: map[string]string{}}
	t.longest, _ = strconv.Atoi(cells[2])
	for _, a := range strings.Fields(cells[6]) {
		name, format, _ := strings.Cut(a, "=")
		t.attrs[name] = format
	}
	return t
}

// typeOf returns what is known of a type. A type that the table does not list
// still has a name when it declares a property that is plainly one.
func typeOf(r *declaration) typeInfo {
	if t, listed := types()[r.Type]; listed {
		return t
	}
	last := r.Type[strings.LastIndexByte(r.Type, ':')+1:]
	for _, property := range []string{last + "Name", "Name"} {
		if strings.HasPrefix(r.Type, "AWS::") && r.Properties.Get(property) != nil {
			return typeInfo{property: property, generated: "id"}
		}
	}
	return typeInfo{generated: "id"}
}
