package preflight.template.argument_test

import data.preflight.template.argument

_argument(a) := {"release": {"reads": [], "arguments": [object.union(
	{"subject": "entry#Core", "name": "Debug", "declared": true, "required": true, "given": "yes", "breaks": "", "bound": "", "unknown": "", "bytes": 3, "value": "", "shape": "", "nearest": "", "from_parameter": false, "from_default": false, "exists": "yes", "file": "root.yml", "line": 1, "column": 1},
	a,
)]}}

_read(r) := {"release": {"arguments": [], "reads": [object.union(
	{"subject": "entry#Web", "child": "entry#Core", "output": "X", "declared": "yes", "produced": "yes", "exists": "yes", "file": "root.yml", "line": 1, "column": 1},
	r,
)]}}

test_arguments if {
	count(argument.finding) == 1 with input as _argument({"declared": false, "required": false})
	count(argument.finding) == 1 with input as _argument({"given": "no"})
	count(argument.undecided) == 1 with input as _argument({"given": "undecided"})
	count(argument.undecided) == 1 with input as _argument({"given": "no", "exists": "undecided"})
}

test_arguments_that_match if {
	count(argument.finding | argument.undecided) == 0 with input as _argument({})
	count(argument.finding | argument.undecided) == 0 with input as _argument({"given": "no", "required": false})
	count(argument.finding | argument.undecided) == 0 with input as _argument({"given": "no", "exists": "no"})
}

_said(a, what) := values if {
	values := {f[what] | some f in argument.finding with input as _argument(a)}
}

test_values if {
	wrong := {"breaks": "AllowedPattern", "bound": "^x$", "value": "y"}
	_said(wrong, "message") == {`Debug is given "y", which breaks the AllowedPattern of the nested template: ^x$`}
	_said(wrong, "owner") == {"vendor"}
	_said(wrong, "expected") == {"AllowedPattern ^x$"}
	_said(object.union(wrong, {"from_parameter": true}), "owner") == {"you"}
	_said(object.union(wrong, {"value": "*"}), "found") == {"a value"}
	_said(object.union(wrong, {"from_default": true}), "message") == {`the default of Debug, "y", breaks its own AllowedPattern: ^x$`}
}

test_shapes if {
	_said({"shape": "list"}, "message") == {"the nested stack is given a list as Debug, and a parameter of a nested stack takes text only"}
	_said({"shape": "list"}, "fix") == {"Write Fn::Join with a comma around the list."}
	_said({"shape": "map"}, "found") == {"a map"}
	count(argument.undecided) == 1 with input as _argument({"shape": "list", "exists": "undecided"})
}

test_the_nearest_parameter if {
	some fix in _said({"declared": false, "required": false, "nearest": "DebugMode"}, "fix")
	startswith(fix, "Write DebugMode, if that is meant")
	_said({"declared": false, "required": false}, "fix") == {"Remove the argument, or use the nested template of the same release."}
}

test_reads if {
	count(argument.finding) == 1 with input as _read({"declared": "no", "produced": "no"})
	count(argument.finding) == 1 with input as _read({"produced": "no"})
	count(argument.undecided) == 1 with input as _read({"produced": "undecided"})
	count(argument.undecided) == 1 with input as _read({"declared": "no", "exists": "undecided"})
}

test_reads_that_match if {
	count(argument.finding | argument.undecided) == 0 with input as _read({})
	count(argument.finding | argument.undecided) == 0 with input as _read({"declared": "unknown", "produced": "undecided"})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(argument.undecided) == 1 with input as {"run": {"time": "", "phase": "install"}, "release": {"children": [child]}}
}

test_a_constraint_that_is_not_decided if {
	some gap in argument.undecided with input as _argument({"unknown": "the pattern is longer than is evaluated"})
	gap.message == "whether the nested template accepts Debug is not known: the pattern is longer than is evaluated"
	count(argument.undecided) == 0 with input as _argument({"unknown": "the pattern is longer than is evaluated", "exists": "no"})
}
