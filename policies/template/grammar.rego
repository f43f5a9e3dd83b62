# METADATA
# scope: package
# title: CloudFormation refuses the text of a template
# description: |
#   CloudFormation checks the whole text of a template before it looks at any
#   condition: sections, attributes, logical ids, functions and their arguments,
#   resource types, and YAML that it does not take. One fault refuses the stack.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
# custom:
#   id: PF-TPL-006
#   severity: error
#   remediation: Correct the place that is named, or download the release again if the template is the vendor's.
#   source: "AWS CloudFormation user guide: what CloudFormation refuses as a template"
package preflight.template.grammar

import data.preflight.lib

undecided contains gap if some gap in lib.unseen

finding contains _at(p) if {
	some p in _refused
	not p.macro
}

undecided contains _at(p) if {
	some p in _refused
	p.macro
}

# Types without snapshots cannot be kept as one; of others nothing is wrong.
_refused contains p if {
	some p in input.release.problems
	not p.kind in {"duplicate_key", "snapshot_policy"}
}

_refused contains p if {
	some p in input.release.problems
	p.kind == "snapshot_policy"
	startswith(p.name, "AWS::")
	not startswith(p.name, "AWS::Serverless::")
	not p.name in data.preflight.data.template.snapshot_types
}

_at(p) := object.union(lib.at(p), {
	"message": _message(p),
	"expected": _expected(p),
	"found": _found(p),
	"owner": "vendor",
	"fix": _fix(p),
})

_expected(p) := concat(", ", p.takes) if {
	p.kind in {"attribute_value", "wrong_kind", "missing_transform"}
	count(p.takes) > 0
} else := "a template that CloudFormation accepts"

_found(p) := p.name if {
	p.name != ""
} else := p.kind

_fix(p) := sprintf("Write %s, if that is meant.", [p.nearest]) if {
	p.nearest != ""
} else := "Correct the place that is named, or download the release again if the template is the vendor's."

_message(p) := sprintf("%s: CloudFormation does not accept null values", [p.path]) if p.kind == "null_value"

_message(p) := sprintf("CloudFormation does not accept YAML aliases (*%s)", [p.name]) if p.kind == "alias"

_message(p) := "CloudFormation does not accept the YAML merge key <<" if p.kind == "merge_key"

_message(p) := "CloudFormation does not accept comments in JSON" if p.kind == "json_comment"

_message(p) := "a key is not text" if p.kind == "non_text_key"

_message(p) := sprintf("the name %s in %s has characters other than letters and digits", [p.name, _section(p)]) if p.kind == "logical_id"

_message(p) := sprintf("the key %s of a mapping has characters other than letters, digits, - and .", [p.name]) if p.kind == "mapping_key"

_message(p) := sprintf("the resource %s has the name of a parameter (line %d)", [p.name, p.before]) if p.kind == "same_name"

_message(p) := sprintf("a template has no section %s", [p.name]) if p.kind == "unknown_section"

_message(p) := sprintf("%s: there is no attribute %s", [p.path, p.name]) if p.kind == "unknown_attribute"

_message(p) := sprintf("CloudFormation has no function %s", [p.name]) if p.kind in {"unknown_function", "unknown_tag"}

_message(p) := sprintf("%s cannot be used in %s", [p.name, _section(p)]) if p.kind == "function_place"

_message(p) := sprintf("%s must be the only key of its mapping", [p.name]) if p.kind == "function_not_alone"

_message(p) := sprintf("%s requires the transform %s", [p.name, concat(", ", p.takes)]) if p.kind == "missing_transform"

_message(p) := sprintf("%s is required in %s", [p.name, p.path]) if {
	p.kind == "missing_key"
	p.path != ""
}

_message(p) := sprintf("%s is required", [p.name]) if {
	p.kind == "missing_key"
	p.path == ""
}

_message(p) := sprintf("%s cannot be %s", [p.path, p.name]) if p.kind == "attribute_value"

_message(p) := sprintf("%s must be a %s, not a %s", [p.path, concat(" or a ", p.takes), p.found]) if p.kind == "wrong_kind"

_message(p) := sprintf("%s: %s has no snapshots", [p.path, p.name]) if p.kind == "snapshot_policy"

_message(p) := sprintf("%s: the pattern %s has %s", [p.path, p.name, _patterns[p.found]]) if p.kind == "invalid_pattern"

_patterns := {
	"unclosed_group": "a group that is not closed",
	"unclosed_class": "a character class that is not closed",
	"unopened_group": "a closing parenthesis without a group",
	"nothing_to_repeat": "a repetition of nothing",
	"no_repetition": "a brace that is no repetition",
	"lone_backslash": "nothing after its last backslash",
}

_message(p) := sprintf("no region has the resource type %s", [p.name]) if p.kind == "unknown_type"

_message(p) := sprintf("%s takes %s, not a %s", [p.name, concat(" or ", _forms(p.argument)), p.found]) if p.argument.wrong == "form"

_message(p) := sprintf("%s takes %s, not %d", [p.name, _items(p.argument), p.argument.count]) if p.argument.wrong == "count"

_message(p) := sprintf("the first item of %s is a text, not a %s", [p.name, p.found]) if p.argument.wrong == "first"

_message(p) := sprintf("the second item of %s is a mapping of variables, not a %s", [p.name, p.found]) if p.argument.wrong == "variables"

_message(p) := sprintf("%s takes a logical id and an attribute", [p.name]) if p.argument.wrong == "attribute"

_message(p) := sprintf("%s requires %s", [p.name, p.argument.key]) if p.argument.wrong == "missing_key"

_message(p) := sprintf("%s has no argument %s", [p.name, p.argument.key]) if p.argument.wrong == "unknown_key"

_message(p) := sprintf("%s takes a list of an identifier, a collection and a mapping", [p.name]) if p.argument.wrong == "loop"

_section(p) := split(p.path, ".")[0]

_forms(a) := array.concat(
	array.concat(
		[form | a.text; form := "a text"],
		[form | a.most > 0; form := sprintf("a list of %s", [_items(a)])],
	),
	[form | count(a.keys) > 0; form := sprintf("a mapping with %s", [concat(" and ", a.keys)])],
)

_items(a) := "1 item" if {
	a.most == 1
} else := sprintf("%d items", [a.most]) if {
	a.least == a.most
} else := sprintf("%d to %d items", [a.least, a.most])
