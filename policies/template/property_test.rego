package preflight.template.property_test

import data.preflight.template.property

_with(v) := {"release": {"violations": [object.union(
	{
		"subject": "Core#Q", "type": "AWS::SQS::Queue", "path": "Delay", "keyword": "type", "name": "", "nearest": "", "bound": "",
		"value": "", "named": false, "parameter": false, "unknown": "", "exists": "yes", "file": "core.yml", "line": 1, "column": 1,
	},
	v,
)]}}

_says(v, text) if {
	some f in property.finding with input as _with(v)
	f.message == text
}

test_messages if {
	cases := [
		[{"keyword": "unknown_property", "path": "Dely", "name": "Dely", "nearest": "Delay"}, "AWS::SQS::Queue has no property Dely; did you mean Delay?"],
		[{"keyword": "unknown_property", "path": "A.B", "name": "B"}, "AWS::SQS::Queue has no property A.B"],
		[{"keyword": "read_only", "path": "Arn", "name": "Arn"}, "Arn of AWS::SQS::Queue cannot be set: only the service sets this property"],
		[{"keyword": "required", "path": "", "name": "Code", "bound": "Code"}, "AWS::SQS::Queue requires the property Code"],
		[{"keyword": "required", "path": "A[0]", "name": "Key"}, "A[0] of AWS::SQS::Queue requires the property Key"],
		[{"keyword": "dependentRequired", "name": "B", "bound": "A"}, "Delay of AWS::SQS::Queue requires B where A is set"],
		[{"keyword": "dependentExcluded", "name": "B", "bound": "A"}, "Delay of AWS::SQS::Queue does not take both A and B"],
		[{"keyword": "requiredXor", "bound": "A, B"}, "Delay of AWS::SQS::Queue requires one of A, B"],
		[{"keyword": "requiredXor", "bound": "A, B", "name": "2"}, "Delay of AWS::SQS::Queue takes only one of A, B, not 2"],
		[{"keyword": "requiredOr", "bound": "A, B"}, "Delay of AWS::SQS::Queue requires one of A, B"],
		[{"keyword": "type", "bound": "integer or boolean", "value": "x"}, `Delay of AWS::SQS::Queue must be a whole number or true or false, not "x"`],
		[{"keyword": "type", "bound": "string", "value": "a list"}, "Delay of AWS::SQS::Queue must be a text, not a list"],
		[{"keyword": "enum", "bound": "a, b", "value": "c", "nearest": "b"}, `Delay of AWS::SQS::Queue is "c", which is none of its values; did you mean b?`],
		[{"keyword": "const", "bound": "a", "value": "c"}, `Delay of AWS::SQS::Queue must be "a", not "c"`],
		[{"keyword": "pattern", "bound": "a", "value": "c"}, `Delay of AWS::SQS::Queue is "c", which does not match its pattern`],
		[{"keyword": "maximum", "bound": "1209600", "value": "1300000"}, "Delay of AWS::SQS::Queue is 1,300,000, and must be at most 1,209,600"],
		[{"keyword": "maxLength", "bound": "1024", "value": "c", "name": "2000"}, "Delay of AWS::SQS::Queue has 2,000 characters, and must have at most 1,024"],
		[{"keyword": "minItems", "bound": "1", "name": "0"}, "Delay of AWS::SQS::Queue has 0 items, and must have at least 1"],
		[{"keyword": "uniqueItems", "name": "x"}, "Delay of AWS::SQS::Queue has an item twice: x"],
		[{"keyword": "uniqueItems"}, "Delay of AWS::SQS::Queue has an item twice"],
		[{"keyword": "uniqueKeys", "bound": "Key", "name": "x"}, "Delay of AWS::SQS::Queue has two items with the same Key: x"],
		[{"keyword": "oneOf"}, "Delay of AWS::SQS::Queue fits more than one of the forms of which it must have exactly one"],
		[{"keyword": "not"}, "Delay of AWS::SQS::Queue has a form that its resource type excludes"],
	]
	every c in cases {
		_says(c[0], c[1])
	}
}

test_who_can_fix_it if {
	some f in property.finding with input as _with({"bound": "integer", "value": "x", "parameter": true})
	f.owner == "you"
	f.expected == "a whole number"
	f.found == "x"
}

test_undecided if {
	count(property.undecided) == 1 with input as _with({"exists": "undecided", "bound": "integer"})
	count(property.finding) == 0 with input as _with({"exists": "undecided", "bound": "integer"})
	count(property.undecided) == 1 with input as _with({"keyword": "pattern", "unknown": "the pattern takes too long to evaluate"})
	count(property.finding) == 0 with input as _with({"keyword": "pattern", "unknown": "the pattern takes too long to evaluate"})
}

test_excused if {
	count(property.finding) == 0 with input as _with({"keyword": "maxLength", "named": true})
	count(property.finding) == 1 with input as _with({"keyword": "type", "bound": "string", "value": "a list", "named": true})
	count(property.finding) == 0 with input as _with({"keyword": "minLength", "parameter": true})
	count(property.finding) == 1 with input as _with({"keyword": "minLength", "bound": "1", "name": "0"})
	count(property.finding) == 0 with input as _with({"type": "AWS::Lambda::Function", "path": "Code", "bound": "object", "value": "./"})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(property.undecided) == 1 with input as {"release": {"children": [child]}}
}

# What a China region lacks and other regions have is found by PF-CHN-002.
test_property_that_other_regions_have if {
	v := {"keyword": "unknown_property", "path": "A", "name": "A", "other_regions": true}
	count(property.finding) == 1 with input as _with(v)
	count(property.finding) == 0 with input as object.union(_with(v), {"run": {"region": "cn-north-1", "partition": "aws-cn"}})
}
