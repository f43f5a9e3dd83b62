package registry

import (
	"slices"
	"strings"
)

// HasSetting tells whether a template can set a property of the type at a path
// with its places in lists: Tags[0].Key, never Tags.Key. Of what the schema
// leaves open, any path can be set.
func (t *Type) HasSetting(path string) bool {
	if path == "" {
		return false
	}
	return t.Schema.settable(placedSteps(path), 0)
}

// placedSteps divides a path into names and [n].
func placedSteps(path string) []string {
	var out []string
	for part := range strings.SplitSeq(path, ".") {
		for part != "" {
			at := strings.IndexByte(part[1:], '[')
			if at < 0 {
				out = append(out, part)
				break
			}
			out = append(out, part[:at+1])
			part = part[at+1:]
		}
	}
	return out
}

func (s *Schema) settable(path []string, depth int) bool {
	if len(path) == 0 {
		return true
	}
	if depth > deepest {
		return false
	}
	place := strings.HasPrefix(path[0], "[")
	stated := false
	for _, one := range s.parts() {
		var next []*Schema
		switch {
		case place && one.Items != nil:
			next = []*Schema{one.Items}
		case !place && one.Properties[path[0]] != nil:
			next = []*Schema{one.Properties[path[0]]}
		case !place:
			next = inOrder(one.PatternProperties)
		}
		if slices.ContainsFunc(next, func(n *Schema) bool { return n.settable(path[1:], depth+1) }) {
			return true
		}
		stated = stated || len(next) > 0 || one.Items != nil || one.statesAll()
	}
	return !stated && s.mayHoldMore()
}
