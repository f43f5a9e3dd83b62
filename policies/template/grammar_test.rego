package preflight.template.grammar_test

import data.preflight.template.grammar

_problem := {
	"subject": "Bootstrap#T", "kind": "", "path": "Resources.T.X", "name": "X", "nearest": "", "before": 0, "takes": [], "found": "",
	"argument": {"wrong": "", "text": false, "least": 0, "most": 0, "keys": [], "count": 0, "key": ""},
	"macro": false, "file": "bootstrap.yml", "line": 3, "column": 5,
}

_with(p) := {"release": {"problems": [object.union(_problem, p)]}}

_message(p) := message if {
	some f in grammar.finding with input as _with(p)
	message := f.message
}

test_every_kind_has_its_words if {
	_message({"kind": "null_value"}) == "Resources.T.X: CloudFormation does not accept null values"
	_message({"kind": "alias"}) == "CloudFormation does not accept YAML aliases (*X)"
	_message({"kind": "merge_key"}) == "CloudFormation does not accept the YAML merge key <<"
	_message({"kind": "json_comment"}) == "CloudFormation does not accept comments in JSON"
	_message({"kind": "non_text_key"}) == "a key is not text"
	_message({"kind": "logical_id", "name": "My-T"}) == "the name My-T in Resources has characters other than letters and digits"
	_message({"kind": "mapping_key", "name": "a_b"}) == "the key a_b of a mapping has characters other than letters, digits, - and ."
	_message({"kind": "same_name", "before": 2}) == "the resource X has the name of a parameter (line 2)"
	_message({"kind": "unknown_section", "name": "Constants"}) == "a template has no section Constants"
	_message({"kind": "unknown_attribute"}) == "Resources.T.X: there is no attribute X"
	_message({"kind": "unknown_function", "name": "Fn::Frob"}) == "CloudFormation has no function Fn::Frob"
	_message({"kind": "unknown_tag", "name": "!Frob"}) == "CloudFormation has no function !Frob"
	_message({"kind": "function_place", "name": "Fn::GetAtt", "path": "Conditions.C"}) == "Fn::GetAtt cannot be used in Conditions"
	_message({"kind": "function_not_alone", "name": "Fn::Sub"}) == "Fn::Sub must be the only key of its mapping"
	_message({"kind": "missing_transform", "name": "Fn::Length", "takes": ["AWS::LanguageExtensions"]}) == "Fn::Length requires the transform AWS::LanguageExtensions"
	_message({"kind": "missing_key", "name": "Type", "path": "Resources.T"}) == "Type is required in Resources.T"
	_message({"kind": "missing_key", "name": "Resources", "path": ""}) == "Resources is required"
	_message({"kind": "attribute_value", "name": "Keep", "path": "Resources.T.DeletionPolicy"}) == "Resources.T.DeletionPolicy cannot be Keep"
	_message({"kind": "wrong_kind", "takes": ["text", "list"], "found": "mapping"}) == "Resources.T.X must be a text or a list, not a mapping"
	_message({"kind": "snapshot_policy", "name": "AWS::SNS::Topic"}) == "Resources.T.X: AWS::SNS::Topic has no snapshots"
	_message({"kind": "invalid_pattern", "name": "[a", "found": "unclosed_class"}) == "Resources.T.X: the pattern [a has a character class that is not closed"
	_message({"kind": "unknown_type", "name": "AWS::A::B"}) == "no region has the resource type AWS::A::B"
}

_argument(a) := _message({"kind": "function_argument", "name": "Fn::F", "found": "list", "argument": object.union(_problem.argument, a)})

test_arguments if {
	_argument({"wrong": "form", "text": true}) == "Fn::F takes a text, not a list"
	_argument({"wrong": "form", "text": true, "least": 2, "most": 2}) == "Fn::F takes a text or a list of 2 items, not a list"
	_argument({"wrong": "form", "least": 1, "most": 1}) == "Fn::F takes a list of 1 item, not a list"
	_argument({"wrong": "form", "keys": ["A", "B"]}) == "Fn::F takes a mapping with A and B, not a list"
	_argument({"wrong": "count", "least": 2, "most": 3, "count": 1}) == "Fn::F takes 2 to 3 items, not 1"
	_argument({"wrong": "first"}) == "the first item of Fn::F is a text, not a list"
	_argument({"wrong": "variables"}) == "the second item of Fn::F is a mapping of variables, not a list"
	_argument({"wrong": "attribute"}) == "Fn::F takes a logical id and an attribute"
	_argument({"wrong": "missing_key", "key": "A"}) == "Fn::F requires A"
	_argument({"wrong": "unknown_key", "key": "C"}) == "Fn::F has no argument C"
	_argument({"wrong": "loop"}) == "Fn::F takes a list of an identifier, a collection and a mapping"
}

test_snapshots if {
	count(grammar.finding) == 0 with input as _with({"kind": "snapshot_policy", "name": "AWS::RDS::DBCluster"})
}

test_what_is_expected if {
	some f in grammar.finding with input as _with({"kind": "attribute_value", "name": "Keep", "takes": ["Delete", "Retain"], "nearest": "Delete"})
	f.expected == "Delete, Retain"
	f.fix == "Write Delete, if that is meant."
	f.found == "Keep"
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
