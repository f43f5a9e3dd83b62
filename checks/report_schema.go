package checks

import (
	"reflect"
	"strings"
)

// ReportSchema is the JSON Schema, draft 2020-12, of the JSON report, made from
// the structs: of one target, or of several where it has targets. It allows
// fields that it does not know: a later version may add one without another
// SchemaVersion.
func ReportSchema() map[string]any {
	report := reportSchemaOf(reflect.TypeFor[Report]())
	exitCodes(report, ExitOK, ExitFinding, ExitUnknown)
	fleet := reportSchemaOf(reflect.TypeFor[Fleet]())
	exitCodes(fleet, ExitOK, ExitFinding, ExitUsage, ExitUnknown, ExitInternal)
	properties := fleet["properties"].(map[string]any)
	exitCodes(properties["targets"].(map[string]any)["items"].(map[string]any), ExitOK, ExitFinding, ExitUsage, ExitUnknown, ExitInternal)
	properties["reports"].(map[string]any)["items"] = map[string]any{"$ref": "#/$defs/report"}
	return map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "The report of panther-preflight check --format json",
		"$defs":   map[string]any{"report": report, "several": fleet},
		"type":    "object",
		"if":      map[string]any{"required": []any{"targets"}},
		"then":    map[string]any{"$ref": "#/$defs/several"},
		"else":    map[string]any{"$ref": "#/$defs/report"},
	}
}

// exitCodes states the exit codes that an object may have, and the schema
// version of the documents among them.
func exitCodes(schema map[string]any, codes ...int) {
	var values []any
	for _, code := range codes {
		values = append(values, code)
	}
	properties := schema["properties"].(map[string]any)
	properties["exit_code"] = map[string]any{"enum": values}
	if _, is := properties["schema_version"]; is {
		properties["schema_version"] = map[string]any{"const": SchemaVersion}
	}
}

// PreviewSchema is the JSON Schema of the JSON preview of an upgrade.
func PreviewSchema() map[string]any {
	schema := reportSchemaOf(reflect.TypeFor[Preview]())
	schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	schema["title"] = "The preview of panther-preflight upgrade preview --format json"
	properties := schema["properties"].(map[string]any)
	properties["schema_version"] = map[string]any{"const": SchemaVersion}
	return schema
}

// enumerated are the texts that only take one of a few values.
var enumerated = map[reflect.Type][]any{
	reflect.TypeFor[Severity](): {SeverityError, SeverityWarning, SeverityInfo},
	reflect.TypeFor[Status]():   {Passed, Failed, Unknown, Skipped, Waived},
	reflect.TypeFor[Owner]():    {OwnerYou, OwnerVendor, OwnerTransform},
	reflect.TypeFor[FixKind]():  {FixStatement, FixParameter, FixCommand, FixTemplate, FixRelease, FixNone},
}

func reportSchemaOf(t reflect.Type) map[string]any {
	if values, ok := enumerated[t]; ok {
		return map[string]any{"enum": values}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return map[string]any{"anyOf": []any{map[string]any{"type": "null"}, reportSchemaOf(t.Elem())}}
	case reflect.Struct:
		return reportObject(t)
	case reflect.Slice:
		return map[string]any{"type": "array", "items": reportSchemaOf(t.Elem())}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer", "minimum": 0}
	case reflect.Float64:
		return map[string]any{"type": "number", "minimum": 0}
	}
	return map[string]any{"type": "object"}
}

// reportObject demands every field that is always written.
func reportObject(t reflect.Type) map[string]any {
	properties := map[string]any{}
	var required []any
	for field, name := range Fields(t) {
		properties[name] = reportSchemaOf(field.Type)
		if !strings.HasSuffix(field.Tag.Get("json"), ",omitempty") {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required}
}
