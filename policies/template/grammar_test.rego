package preflight.template.grammar_test

import data.preflight.template.grammar

_problem := {
	"subject": "Bootstrap#T", "kind": "", "path": "Resources.T.X", "name": "X", "nearest": "", "detail": "", "before": 0,
	"macro": false, "file": "bootstrap.yml", "line": 3, "column": 5,
}

_with(p) := {"release": {"problems": [object.union(_problem, p)]}}

_message(p) := message if {
	some f in grammar.finding with input as _with(p)
	message := f.message
}

test_every_kind_has_its_words if {
	_message({"kind": "null_value"}) == "Resources.T.X: CloudFormation does not accept null values"
	_message({"kind": "alias"}) == "CloudFormation does not accept YAML aliases"
	_message({"kind": "merge_key"}) == "CloudFormation does not accept the YAML merge key <<"
	_message({"kind": "json_comment"}) == "CloudFormation does not accept comments in JSON"
	_message({"kind": "logical_id", "name": "My-T"}) == "the logical id My-T has characters other than letters and digits"
	_message({"kind": "unknown_section", "name": "Constants"}) == "a template has no section Constants"
	_message({"kind": "unknown_attribute"}) == "Resources.T.X: there is no attribute X"
	_message({"kind": "unknown_function", "name": "Fn::Frob"}) == "CloudFormation has no function Fn::Frob"
	_message({"kind": "unknown_tag", "name": "!Frob"}) == "CloudFormation has no function !Frob"
	_message({"kind": "non_text_key"}) == "a key is not text"
	_message({"kind": "unknown_type", "name": "AWS::SNS::Topik", "nearest": "AWS::SNS::Topic"}) == "no region has the resource type AWS::SNS::Topik; did you mean AWS::SNS::Topic?"
	_message({"kind": "unknown_type", "name": "AWS::A::B"}) == "no region has the resource type AWS::A::B"
	_message({"kind": "function_argument", "detail": "Fn::If takes 3 items, not 2"}) == "Fn::If takes 3 items, not 2"
}

test_what_is_found if {
	some f in grammar.finding with input as _with({"kind": "null_value", "name": ""})
	f.found == "null_value"
}

test_a_macro_may_still_change_it if {
	count(grammar.finding) == 0 with input as _with({"kind": "alias", "macro": true})
	count(grammar.undecided) == 1 with input as _with({"kind": "alias", "macro": true})
}

test_a_key_given_twice_is_no_refusal if {
	count(grammar.finding) == 0 with input as _with({"kind": "duplicate_key"})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(grammar.undecided) == 1 with input as {"release": {"children": [child]}}
}
