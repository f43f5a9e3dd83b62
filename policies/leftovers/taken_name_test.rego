package preflight.leftovers.taken_name_test

import data.preflight.leftovers.taken_name

_resource(fields) := object.union(
	{
		"subject": "Core#Group", "type": "AWS::Logs::LogGroup", "exists": "yes", "name_kind": "literal", "name": "/aws/lambda/panther-a",
		"file": "core.yml", "line": 1, "column": 1,
	},
	fields,
)

_with(r, owned) := {
	"release": {"resources": [r]},
	"inventory": {"types": ["AWS::Logs::LogGroup"], "named": [{"type": "AWS::Logs::LogGroup", "name": "/aws/lambda/panther-a", "arn": "", "created": ""}]},
	"cloudformation": {"resources": owned},
}

_owner := [{"type": "AWS::Logs::LogGroup", "physical_id": "/aws/lambda/panther-a", "status": "CREATE_COMPLETE"}]

test_taken if {
	count(taken_name.finding) == 1 with input as _with(_resource({}), [])
	count(taken_name.finding) == 0 with input as _with(_resource({}), _owner)
	count(taken_name.finding) == 0 with input as _with(_resource({"name": "/aws/lambda/panther-b"}), [])
}

test_undecided if {
	every fields in [{"name_kind": "pattern", "name": "/aws/lambda/*"}, {"exists": "undecided"}] {
		count(taken_name.finding) == 0 with input as _with(_resource(fields), [])
		count(taken_name.undecided) == 1 with input as _with(_resource(fields), [])
	}
}

test_a_type_nobody_looked_for if {
	count(taken_name.undecided) == 1 with input as _with(_resource({"type": "AWS::New::Thing"}), [])
	count(taken_name.undecided) == 0 with input as _with(_resource({"type": "AWS::Cognito::UserPool"}), [])
	count(taken_name.undecided) == 0 with input as _with(_resource({"type": "AWS::New::Thing", "exists": "no"}), [])
}

test_owned_by_url_and_arn if {
	owned := [
		{"type": "AWS::SQS::Queue", "physical_id": "https://sqs.us-east-1.amazonaws.com/1/panther-q", "status": "CREATE_COMPLETE"},
		{"type": "AWS::SNS::Topic", "physical_id": "arn:aws:sns:us-east-1:1:panther-t", "status": "CREATE_COMPLETE"},
	]
	named := [
		{"type": "AWS::SQS::Queue", "name": "panther-q", "arn": "", "created": ""},
		{"type": "AWS::SNS::Topic", "name": "panther-t", "arn": "arn:aws:sns:us-east-1:1:panther-t", "created": ""},
	]
	resources := [_resource({"type": n.type, "name": n.name}) | some n in named]
	count(taken_name.finding) == 0 with input as {"release": {"resources": resources}, "inventory": {"types": [], "named": named}, "cloudformation": {"resources": owned}}
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(taken_name.undecided) == 1 with input as {"release": {"children": [child], "resources": []}}
}

test_an_application_that_was_not_read if {
	application := {"subject": "entry#App", "application": "arn", "exists": "yes"}
	count(taken_name.unread) == 1 with input as {"release": {"applications": [application]}}
	count(taken_name.unread) == 0 with input as {"release": {"applications": []}}
}
