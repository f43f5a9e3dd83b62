package derive

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// valuesNamed is how many values a change names before it counts them.
const valuesNamed = 4

// changeInWords says what a changed statement adds to another and removes from
// it: "add us-east-1 to aws:RequestedRegion (StringNotEquals)".
func changeInWords(before, after []byte) string {
	var old, changed statementText
	if json.Unmarshal(before, &old) != nil || json.Unmarshal(after, &changed) != nil {
		return ""
	}
	var parts []string
	if old.NotAction == nil && changed.NotAction != nil {
		parts = append(parts, fmt.Sprintf("replace Action %s by NotAction %s", few(texts(old.Action), "action"), few(texts(changed.NotAction), "action")))
		old.Action, changed.NotAction = nil, nil
	}
	for _, list := range []struct {
		name     string
		old, new json.RawMessage
	}{
		{"Action", old.Action, changed.Action}, {"NotAction", old.NotAction, changed.NotAction},
		{"Resource", old.Resource, changed.Resource}, {"NotResource", old.NotResource, changed.NotResource},
	} {
		parts = append(parts, difference(texts(list.old), texts(list.new), list.name, "action")...)
	}
	return strings.Join(append(parts, conditionChanges(old.Condition, changed.Condition)...), "; ")
}

// conditionChanges are the differences of two conditions, key by key.
func conditionChanges(before, after json.RawMessage) []string {
	old, changed := conditionValues(before), conditionValues(after)
	var names []string
	for name := range changed {
		names = append(names, name)
	}
	for name := range old {
		if _, also := changed[name]; !also {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var parts []string
	for _, name := range names {
		if old[name] == nil {
			parts = append(parts, fmt.Sprintf("add the condition %s: %s", name, strings.Join(changed[name], ", ")))
			continue
		}
		parts = append(parts, difference(old[name], changed[name], name, "value")...)
	}
	return parts
}

// conditionValues are the values of a condition by operator and key.
func conditionValues(raw json.RawMessage) map[string][]string {
	var operators map[string]map[string]json.RawMessage
	out := map[string][]string{}
	if json.Unmarshal(raw, &operators) != nil {
		return out
	}
	for operator, keys := range operators {
		for key, values := range keys {
			out[operator+" "+key] = texts(values)
		}
	}
	return out
}

// difference words what one list has more and less than another.
func difference(old, changed []string, name, what string) []string {
	var parts []string
	if added := without(changed, old); len(added) > 0 {
		parts = append(parts, fmt.Sprintf("add %s to %s", few(added, what), name))
	}
	if removed := without(old, changed); len(removed) > 0 {
		parts = append(parts, fmt.Sprintf("remove %s from %s", few(removed, what), name))
	}
	return parts
}

func without(from, these []string) []string {
	var left []string
	for _, f := range from {
		if !slices.Contains(these, f) {
			left = append(left, f)
		}
	}
	return left
}

// few names values, or counts them where they are many.
func few(values []string, what string) string {
	if len(values) > valuesNamed {
		return checks.Plural(len(values), what)
	}
	return strings.Join(values, ", ")
}
