package preflight.template.unique_name_test

import data.preflight.template.unique_name

_with(s) := {"release": {"observed": [], "same_names": [object.union(
	{
		"subject": "Web#B", "first": "Core#A", "type": "AWS::DynamoDB::Table", "name": "panther-a", "identifies": true, "exists": "yes",
		"first_exists": "yes", "first_file": "core.yml", "first_line": 1, "file": "web.yml", "line": 1, "column": 1,
	},
	s,
)]}}

test_the_same_name if {
	some f in unique_name.finding with input as _with({})
	f.subject == "Web#B"
	f.message == "Core#A and Web#B have the same AWS::DynamoDB::Table name: panther-a"
	count(unique_name.finding) == 0 with input as _with({"identifies": false})
	count(unique_name.finding) == 1 with input as _with({"identifies": false, "type": "AWS::SQS::Queue"})
	count(unique_name.finding) == 0 with input as _with({"type": "AWS::ECS::Service"})
	some e in unique_name.finding with input as _with({"type": "", "identifies": false})
	e.message == "Core#A and Web#B have the same export name: panther-a"
}

test_conditions if {
	every one in [{"exists": "undecided"}, {"first_exists": "undecided"}] {
		count(unique_name.undecided) == 1 with input as _with(one)
		count(unique_name.finding) == 0 with input as _with(one)
	}
	count(unique_name.undecided) == 0 with input as _with({"exists": "undecided", "first_exists": "undecided"})
}

test_rules_of_different_buses if {
	rules := _with({"type": "AWS::Events::Rule", "identifies": false})
	count(unique_name.finding) == 1 with input as rules
	bus := {"subject": "Web#B", "type": "AWS::Events::Rule", "path": "EventBusName", "state": "literal"}
	count(unique_name.finding) == 0 with input as {"release": object.union(rules.release, {"observed": [bus]})}
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(unique_name.undecided) == 1 with input as {"release": {"children": [child]}}
}
