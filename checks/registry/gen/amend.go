package main

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// operation is one step of a JSON patch (RFC 6902).
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// amend adds the constraints of the tool's patches, which it derives from the
// API models of the services, that the stored schema does not have. The stored
// schemas have most: the tool applies a patch when it is released, but gives up
// the rest of a file at the first place that is no longer there, and with it
// sound enumerations and limits. What the schema states is never replaced, so
// that this changes nothing where a file was applied whole.
func (s *source) amend(typ string, schema map[string]any) error {
	folder := strings.ToLower(strings.ReplaceAll(typ, "::", "_"))
	for _, kind := range []string{"providers", "extensions"} {
		files, err := filepath.Glob(s.path("patches", kind, "all", folder, "*.json"))
		if err != nil {
			return err
		}
		slices.Sort(files)
		for _, file := range files {
			var operations []operation
			if err := readJSON(file, &operations); err != nil {
				return err
			}
			amendSchema(schema, operations)
		}
	}
	return nil
}

func amendSchema(schema map[string]any, operations []operation) {
	for _, o := range operations {
		cut := strings.LastIndexByte(o.Path, '/')
		parent, _ := lookup(schema, o.Path[:max(cut, 0)]).(map[string]any)
		key := unescape(o.Path[cut+1:])
		switch {
		case o.Op == "test" && !reflect.DeepEqual(parent[key], o.Value):
			return
		case o.Op == "add" && constraints[key] && parent != nil && parent[key] == nil && mayHold(parent, key):
			parent[key] = o.Value
		}
	}
}

// constraints are the keywords that the API models state.
var constraints = map[string]bool{
	"enum": true, "enumCaseInsensitive": true, "pattern": true, "minLength": true, "maxLength": true,
	"minItems": true, "maxItems": true, "minimum": true, "maximum": true,
}

// mayHold keeps two kinds of enumeration from standing beside each other.
func mayHold(parent map[string]any, key string) bool {
	switch key {
	case "enum":
		return parent["enumCaseInsensitive"] == nil && parent["const"] == nil
	case "enumCaseInsensitive":
		return parent["enum"] == nil && parent["const"] == nil
	}
	return true
}

// lookup follows a JSON pointer, nil where it leads nowhere.
func lookup(v any, pointer string) any {
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		if pointer != "" {
			v = m[unescape(step)]
		}
	}
	return v
}

func unescape(step string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
}
