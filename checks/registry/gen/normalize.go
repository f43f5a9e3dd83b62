package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// pathLists are the top-level lists of JSON pointers to properties.
var pathLists = []string{
	"readOnlyProperties", "createOnlyProperties", "conditionalCreateOnlyProperties", "writeOnlyProperties",
	"deprecatedProperties", "primaryIdentifier",
}

// kept are the keywords that the registry answers from. What is for people
// (titles, examples), for the console or for drift detection is left out.
var kept = map[string]bool{
	"$ref": true, "type": true, "properties": true, "patternProperties": true, "additionalProperties": true, "required": true,
	"requiredXor": true, "requiredOr": true, "dependentRequired": true, "dependentExcluded": true, "enum": true,
	"enumCaseInsensitive": true, "const": true, "pattern": true, "format": true, "minLength": true, "maxLength": true,
	"minimum": true, "maximum": true, "exclusiveMinimum": true, "exclusiveMaximum": true, "multipleOf": true,
	"items": true, "prefixItems": true, "minItems": true, "maxItems": true, "uniqueItems": true, "uniqueKeys": true,
	"insertionOrder": true, "minProperties": true, "maxProperties": true,
	"allOf": true, "anyOf": true, "oneOf": true, "not": true, "if": true, "then": true, "else": true,
	// Of the whole type.
	"definitions": true, "tagging": true, "lifecycle": true, "replacementStrategy": true, "attributes": true,
	"everyPropertyIsAttribute": true,
}

func init() {
	for _, list := range pathLists {
		kept[list] = true
	}
}

// normalize brings the schema of a type into the form that the registry reads:
// one spelling for each thing, paths as dotted names.
func normalize(schema map[string]any) error {
	if taggable, old := schema["taggable"].(bool); old && schema["tagging"] == nil {
		schema["tagging"] = map[string]any{"taggable": taggable}
	}
	if tagging, ok := schema["tagging"].(map[string]any); ok {
		delete(tagging, "permissions")
		if pointer, ok := tagging["tagProperty"].(string); ok {
			tagging["tagProperty"] = dotted(pointer)
		}
	}
	for _, name := range pathLists {
		list, _ := schema[name].([]any)
		for i, pointer := range list {
			text, ok := pointer.(string)
			if !ok {
				return fmt.Errorf("%s holds %v", name, pointer)
			}
			list[i] = dotted(text)
		}
	}
	properties, _ := schema["properties"].(map[string]any)
	if err := clean(schema, properties); err != nil {
		return err
	}
	return prune(schema)
}

// dotted is a pointer such as /properties/A/*/B as names alone: A.B. Positions
// in lists are left out because the schemas themselves give them or not.
func dotted(pointer string) string {
	var names []string
	for step := range strings.SplitSeq(strings.TrimPrefix(strings.TrimPrefix(pointer, "/properties"), "/"), "/") {
		if step != "*" && step != "items" && step != "properties" && step != "" {
			names = append(names, unescape(step))
		}
	}
	return strings.Join(names, ".")
}

// clean leaves out what no answer needs, below one schema.
func clean(schema, properties map[string]any) error {
	for key, value := range schema {
		switch key {
		case "dependencies":
			if err := divide(schema, value); err != nil {
				return err
			}
		case "$ref":
			if err := shorten(schema, value, properties); err != nil {
				return err
			}
		}
	}
	for key, value := range schema {
		if !kept[key] {
			delete(schema, key)
			continue
		}
		for _, below := range schemasIn(key, value) {
			if err := clean(below, properties); err != nil {
				return err
			}
		}
	}
	return nil
}

// divide spells the older dependencies as the keywords of today: a list of
// names is dependentRequired, a schema is a condition.
func divide(schema map[string]any, dependencies any) error {
	all, _ := dependencies.(map[string]any)
	lists := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch d := all[name].(type) {
		case []any:
			lists[name] = d
		case map[string]any:
			conditions, _ := schema["allOf"].([]any)
			schema["allOf"] = append(conditions, map[string]any{"if": map[string]any{"required": []any{name}}, "then": d})
		default:
			return fmt.Errorf("the dependency of %s is not understood", name)
		}
	}
	if len(lists) > 0 {
		schema["dependentRequired"] = lists
	}
	return nil
}

// shorten leaves of a reference the name of the definition.
func shorten(schema map[string]any, ref any, properties map[string]any) error {
	text, _ := ref.(string)
	if name, ok := strings.CutPrefix(text, "#/definitions/"); ok && !strings.Contains(name, "/") {
		schema["$ref"] = name
		return nil
	}
	name, ok := strings.CutPrefix(text, "#/properties/")
	target, _ := properties[name].(map[string]any)
	if !ok || target == nil || target["$ref"] != nil {
		return fmt.Errorf("the reference %q is not understood", text)
	}
	delete(schema, "$ref")
	for key, value := range target {
		schema[key] = value
	}
	return nil
}

// schemasIn are the schemas directly below a keyword.
func schemasIn(key string, value any) []map[string]any {
	var out []map[string]any
	add := func(v any) {
		if m, ok := v.(map[string]any); ok {
			out = append(out, m)
		}
	}
	switch key {
	case "properties", "patternProperties", "definitions":
		m, _ := value.(map[string]any)
		for _, v := range m {
			add(v)
		}
	case "items", "not", "if", "then", "else":
		add(value)
	case "allOf", "anyOf", "oneOf", "prefixItems":
		l, _ := value.([]any)
		for _, v := range l {
			add(v)
		}
	}
	return out
}

// prune leaves the definitions that are reached.
func prune(schema map[string]any) error {
	all, _ := schema["definitions"].(map[string]any)
	reached := map[string]any{}
	var visit func(s map[string]any) error
	visit = func(s map[string]any) error {
		if name, ok := s["$ref"].(string); ok && reached[name] == nil {
			definition, ok := all[name].(map[string]any)
			if !ok {
				return fmt.Errorf("the definition %q is missing", name)
			}
			reached[name] = definition
			if err := visit(definition); err != nil {
				return err
			}
		}
		for key, value := range s {
			if key == "definitions" {
				continue
			}
			for _, below := range schemasIn(key, value) {
				if err := visit(below); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := visit(schema); err != nil {
		return err
	}
	if delete(schema, "definitions"); len(reached) > 0 {
		schema["definitions"] = reached
	}
	return nil
}
