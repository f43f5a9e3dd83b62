# METADATA
# scope: package
# title: A property is not what its resource type takes
# description: |
#   CloudFormation compares the properties of a resource with the schema of its
#   type: names, required properties, types, listed values, patterns, lengths and
#   ranges. What it refuses fails when the resource is created, often late in the
#   deployment. Values are compared as the parameters of this deployment give them.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html
# custom:
#   id: PF-TPL-009
#   severity: error
#   remediation: Correct the property as its resource type documents it, or download the release again if the template is the vendor's.
#   source: "AWS CloudFormation user guide: the resource type schemas of the CloudFormation registry"
package preflight.template.property

import data.preflight.lib

undecided contains gap if some gap in lib.unseen

finding contains _at(v) if {
	some v in _counted
	v.exists == "yes"
	v.unknown == ""
}

undecided contains _at(v) if {
	some v in _counted
	v.exists == "undecided"
	v.unknown == ""
}

undecided contains object.union(lib.at(v), {
	"message": sprintf("whether %s of %s matches its pattern could not be determined: %s", [v.path, v.type, v.unknown]),
	"expected": sprintf("a text that matches %s", [v.bound]),
	"found": v.value,
}) if {
	some v in _counted
	v.exists != "no"
	v.unknown != ""
}

_counted contains v if {
	some v in input.release.violations
	not _excused(v)
}

# The limits of names are those of PF-TPL-007.
_excused(v) if {
	v.named
	v.keyword in {"pattern", "minLength", "maxLength"}
}

# What a China region lacks and other regions have is PF-CHN-002's.
_excused(v) if {
	v.other_regions
	lib.china
}

# A local path is replaced when the template is packaged.
_excused(v) if {
	v.keyword == "type"
	some place in data.preflight.data.template.packaged
	v.type == place.type
	v.path == place.path
}

# A parameter that is empty by default is one that its reader fills in.
_excused(v) if {
	v.parameter
	v.value == ""
}

_at(v) := object.union(lib.at(v), {
	"message": _message(v),
	"expected": _expected(v),
	"found": _found(v),
	"owner": _owner(v),
	"evidence": {"type": v.type, "path": v.path, "keyword": v.keyword},
})

_owner(v) := "you" if v.parameter

_owner(v) := "vendor" if not v.parameter

# _of is the property with its type, or the type where it is the whole resource.
_of(v) := sprintf("%s of %s", [v.path, v.type]) if v.path != ""

_of(v) := v.type if v.path == ""

_hint(v) := sprintf("; did you mean %s?", [v.nearest]) if v.nearest != ""

_hint(v) := "" if v.nearest == ""

_message(v) := sprintf("%s has no property %s%s", [v.type, v.path, _hint(v)]) if v.keyword == "unknown_property"

_message(v) := sprintf("%s cannot be set: only the service sets this property", [_of(v)]) if v.keyword == "read_only"

_message(v) := sprintf("%s requires the property %s", [_of(v), v.name]) if v.keyword == "required"

_message(v) := sprintf("%s requires %s where %s is set", [_of(v), v.name, v.bound]) if v.keyword == "dependentRequired"

_message(v) := sprintf("%s does not take both %s and %s", [_of(v), v.bound, v.name]) if v.keyword == "dependentExcluded"

_message(v) := sprintf("%s requires one of %s", [_of(v), v.bound]) if {
	v.keyword in {"requiredXor", "requiredOr"}
	v.name == ""
}

_message(v) := sprintf("%s takes only one of %s, not %s", [_of(v), v.bound, v.name]) if {
	v.keyword == "requiredXor"
	v.name != ""
}

_message(v) := sprintf("%s must be %s, not %s", [_of(v), _kinds(v.bound), _shown(v)]) if v.keyword == "type"

_message(v) := sprintf("%s is %q, which is none of its values%s", [_of(v), v.value, _hint(v)]) if v.keyword == "enum"

_message(v) := sprintf("%s must be %q, not %q", [_of(v), v.bound, v.value]) if v.keyword == "const"

_message(v) := sprintf("%s is %q, which does not match its pattern", [_of(v), v.value]) if v.keyword == "pattern"

_message(v) := sprintf("%s is %s, and must be %s %s", [_of(v), lib.grouped(v.value), _ranges[v.keyword], lib.grouped(v.bound)]) if _ranges[v.keyword]

_message(v) := sprintf("%s has %s %s, and must have at %s %s", [_of(v), lib.grouped(v.name), _counts[v.keyword].what, _counts[v.keyword].bound, lib.grouped(v.bound)]) if _counts[v.keyword]

_message(v) := sprintf("%s has an item twice%s", [_of(v), _item(v)]) if v.keyword == "uniqueItems"

_message(v) := sprintf("%s has two items with the same %s: %s", [_of(v), v.bound, v.name]) if v.keyword == "uniqueKeys"

_message(v) := sprintf("%s fits more than one of the forms of which it must have exactly one", [_of(v)]) if v.keyword == "oneOf"

_message(v) := sprintf("%s has a form that its resource type excludes", [_of(v)]) if v.keyword == "not"

_item(v) := sprintf(": %s", [v.name]) if v.name != ""

_item(v) := "" if v.name == ""

_ranges := {
	"minimum": "at least", "maximum": "at most",
	"exclusiveMinimum": "more than", "exclusiveMaximum": "less than",
	"multipleOf": "a multiple of",
}

_counts := {
	"minLength": {"what": "characters", "bound": "least"}, "maxLength": {"what": "characters", "bound": "most"},
	"minItems": {"what": "items", "bound": "least"}, "maxItems": {"what": "items", "bound": "most"},
	"minProperties": {"what": "properties", "bound": "least"}, "maxProperties": {"what": "properties", "bound": "most"},
}

# _kinds are the types in CloudFormation's words.
_kinds(bound) := concat(" or ", [_kind[k] | some k in split(bound, " or ")])

_kind := {
	"string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
	"object": "a mapping", "array": "a list", "null": "nothing",
}

_shown(v) := v.value if v.value in {"a mapping", "a list"}

_shown(v) := sprintf("%q", [v.value]) if not v.value in {"a mapping", "a list"}

_expected(v) := "a property of the resource type" if v.keyword in {"unknown_property", "read_only"}

_expected(v) := sprintf("one of %s", [v.bound]) if v.keyword in {"enum", "requiredXor", "requiredOr"}

_expected(v) := sprintf("a value for %s", [v.name]) if v.keyword in {"required", "dependentRequired"}

_expected(v) := sprintf("either %s or %s", [v.bound, v.name]) if v.keyword == "dependentExcluded"

_expected(v) := _kinds(v.bound) if v.keyword == "type"

_expected(v) := v.bound if v.keyword in {"const", "pattern"}

_expected(v) := sprintf("%s %s", [_ranges[v.keyword], lib.grouped(v.bound)]) if _ranges[v.keyword]

_expected(v) := sprintf("at %s %s %s", [_counts[v.keyword].bound, lib.grouped(v.bound), _counts[v.keyword].what]) if _counts[v.keyword]

_expected(v) := "each item once" if v.keyword in {"uniqueItems", "uniqueKeys"}

_expected(v) := "one of the forms that the resource type documents" if v.keyword in {"oneOf", "not"}

_found(v) := v.value if v.value != ""

_found(v) := v.name if {
	v.value == ""
	v.keyword in {"unknown_property", "read_only", "dependentExcluded", "uniqueItems", "uniqueKeys", "minItems", "maxItems", "minProperties", "maxProperties"}
}

_found(v) := "nothing" if {
	v.value == ""
	not v.keyword in {"unknown_property", "read_only", "dependentExcluded", "uniqueItems", "uniqueKeys", "minItems", "maxItems", "minProperties", "maxProperties"}
}
