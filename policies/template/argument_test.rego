package preflight.template.argument_test

import data.preflight.template.argument

_argument(a) := {"release": {"reads": [], "arguments": [object.union(
	{"subject": "entry#Core", "name": "Debug", "declared": true, "required": true, "given": "yes", "breaks": "", "bound": "", "from_parameter": false, "exists": "yes", "file": "root.yml", "line": 1, "column": 1},
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

test_values if {
	some f in argument.finding with input as _argument({"breaks": "AllowedPattern", "bound": "^x$", "from_parameter": true})
	f.owner == "you"
	f.expected == "AllowedPattern ^x$"
	count(argument.finding) == 0 with input as _argument({"breaks": "AllowedPattern"})
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
