package preflight.template.reference_test

import data.preflight.template.reference

_reference := {
	"subject": "Core#T", "section": "Resources", "function": "Ref", "name": "Nope", "attribute": "", "type": "", "state": "undefined",
	"nearest": "", "size": 0, "open": false, "exists": "yes", "file": "core.yml", "line": 3, "column": 5,
}

_with(r) := {"run": {"phase": "install"}, "release": {"references": [object.union(_reference, r)]}}

_said(r, what) := values if {
	values := {f[what] | some f in reference.finding with input as _with(r)}
}

_says(r, message) if _said(r, "message") == {message}

test_undefined_names if {
	_says({}, "Ref Nope: the template has no parameter or resource Nope")
	_says({"function": "Fn::Sub"}, "Fn::Sub Nope: the template has no parameter or resource Nope")
	_says({"function": "Fn::Sub", "attribute": "Arn"}, "Fn::Sub Nope.Arn: the template has no resource Nope")
	_says({"function": "Fn::GetAtt", "attribute": "Arn"}, "Fn::GetAtt Nope.Arn: the template has no resource Nope")
	_says({"function": "DependsOn"}, "DependsOn Nope: the template has no resource Nope")
	_says({"function": "Condition"}, "Condition Nope: the template has no condition Nope")
	_says({"function": "Fn::If"}, "Fn::If Nope: the template has no condition Nope")
	_says({"function": "Fn::FindInMap"}, "Fn::FindInMap Nope: the template has no mapping Nope")
}

test_every_other_state if {
	_says({"state": "absent"}, "Ref Nope: the resource Nope does not exist, because its condition is false")
	_says({"state": "misplaced", "section": "Conditions"}, "Ref Nope: Nope is a resource, and Conditions can refer to parameters only")
	_says(
		{"state": "no_attribute", "function": "Fn::GetAtt", "attribute": "ARN", "type": "AWS::S3::Bucket"},
		"Fn::GetAtt Nope.ARN: AWS::S3::Bucket has no attribute ARN",
	)
	_says(
		{"state": "no_attribute", "function": "Fn::GetAtt", "attribute": "O", "type": "AWS::CloudFormation::Stack"},
		"Fn::GetAtt Nope.O: the attributes of a nested stack are Outputs.Name, not O",
	)
	_says({"state": "no_key", "function": "Fn::FindInMap", "attribute": "all.W"}, "Fn::FindInMap: the mapping Nope has no key all.W")
	_says(
		{"state": "out_of_range", "function": "Fn::Select", "name": "", "attribute": "3", "size": 2},
		"Fn::Select: index 3 is outside the list, which has 2 items (the first is 0)",
	)
	_says(
		{"state": "out_of_range", "function": "Fn::Select", "name": "", "attribute": "1", "size": 1},
		"Fn::Select: index 1 is outside the list, which has 1 item (the first is 0)",
	)
	_said({"state": "out_of_range", "name": "", "attribute": "3"}, "found") == {"3"}
	_says(
		{"state": "not_exported", "function": "Fn::ImportValue"},
		"Fn::ImportValue Nope: no stack makes this export, because the condition of the output is false",
	)
	_says(
		{"state": "exported_later", "function": "Fn::ImportValue"},
		"Fn::ImportValue Nope: the stack that exports it is created after the stack that imports it",
	)
	_says(
		{"state": "unordered", "function": "Fn::ImportValue"},
		"Fn::ImportValue Nope: the stack that imports it does not wait for the stack that exports it",
	)
}

test_the_nearest_name if {
	_said({"nearest": "Note"}, "fix") == {"Write Note, if that is meant."}
	_said({}, "fix") == {"Add what is referred to, or remove the reference."}
}

test_an_export_exists_before_an_upgrade if {
	later := {"release": {"references": [object.union(_reference, {"state": "exported_later"})]}, "run": {"phase": "upgrade"}}
	count(reference.finding) == 0 with input as later
	count(reference.undecided) == 0 with input as later
}

test_a_mapping_row_of_china_is_the_affair_of_another_check if {
	lookup := object.union(_reference, {"state": "no_key", "attribute": "cn-north-1"})
	facts := {"release": {"references": [lookup]}, "run": {"partition": "aws-cn", "region": "cn-north-1"}}
	count(reference.finding) == 0 with input as facts
	count(reference.finding) == 1 with input as object.union(facts, {"run": {"partition": "aws", "region": "eu-south-2"}})
}

test_not_certain if {
	every r in [{"exists": "undecided"}, {"open": true}] {
		count(reference.finding) == 0 with input as _with(r)
		count(reference.undecided) == 1 with input as _with(r)
	}
}

_circle(c) := {"release": {"circles": [object.union(
	{"subject": "entry#A", "kind": "resources", "members": ["A", "B"], "exists": "yes", "file": "root.yml", "line": 3, "column": 5},
	c,
)]}}

test_circles if {
	every kind, words in {"resources": "resources", "stacks": "nested stacks", "conditions": "conditions"} {
		some f in reference.finding with input as _circle({"kind": kind})
		f.message == sprintf("circular dependency between %s: A → B → A", [words])
	}
	count(reference.finding) == 0 with input as _circle({"exists": "undecided"})
	count(reference.undecided) == 1 with input as _circle({"exists": "undecided"})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(reference.undecided) == 1 with input as {"release": {"children": [child]}}
}
