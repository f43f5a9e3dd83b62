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

_refused contains p if {
	some p in input.release.problems
	p.kind != "duplicate_key"
}

_at(p) := object.union(lib.at(p), {
	"message": _message(p),
	"expected": "a template that CloudFormation accepts",
	"found": _found(p),
	"owner": "vendor",
})

_found(p) := p.name if p.name != ""

_found(p) := p.kind if p.name == ""

_message(p) := p.detail if p.detail != ""

_message(p) := sprintf("%s: CloudFormation does not accept null values", [p.path]) if {
	p.detail == ""
	p.kind == "null_value"
}

_message(p) := "CloudFormation does not accept YAML aliases" if {
	p.detail == ""
	p.kind == "alias"
}

_message(p) := "CloudFormation does not accept the YAML merge key <<" if {
	p.detail == ""
	p.kind == "merge_key"
}

_message(p) := "CloudFormation does not accept comments in JSON" if {
	p.detail == ""
	p.kind == "json_comment"
}

_message(p) := sprintf("the logical id %s has characters other than letters and digits", [p.name]) if {
	p.detail == ""
	p.kind == "logical_id"
}

_message(p) := sprintf("a template has no section %s", [p.name]) if {
	p.detail == ""
	p.kind == "unknown_section"
}

_message(p) := sprintf("%s: there is no attribute %s", [p.path, p.name]) if {
	p.detail == ""
	p.kind == "unknown_attribute"
}

_message(p) := sprintf("CloudFormation has no function %s", [p.name]) if {
	p.detail == ""
	p.kind in {"unknown_function", "unknown_tag"}
}

_message(p) := "a key is not text" if {
	p.detail == ""
	p.kind == "non_text_key"
}

_message(p) := sprintf("no region has the resource type %s%s", [p.name, _hint(p)]) if {
	p.detail == ""
	p.kind == "unknown_type"
}

_hint(p) := sprintf("; did you mean %s?", [p.nearest]) if p.nearest != ""

_hint(p) := "" if p.nearest == ""
