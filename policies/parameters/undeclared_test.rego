package preflight.parameters.undeclared_test

import data.preflight.parameters.undeclared

_input(name, nearest) := {
	"declarations": [{"name": "FirstUserEmail"}],
	"parameters": [{"name": name, "given": true, "nearest": nearest, "file": "p.json", "line": 4, "column": 3}],
}

_messages(i) := x if x := {f.message | some f in undeclared.finding} with input as i

test_declared if _messages(_input("FirstUserEmail", "")) == set()

test_misspelt if _messages(_input("FirstUserEmial", "FirstUserEmail")) == {"the template does not declare FirstUserEmial; did you mean FirstUserEmail?"}

test_of_another_release if _messages(_input("SentryEnvironment", "")) == {"the template does not declare SentryEnvironment; it begins with 1.24.0"}

test_unheard_of if _messages(_input("Zebra", "")) == {"the template does not declare Zebra"}

test_only_what_is_given if {
	i := {"declarations": [], "parameters": [{"name": "X", "given": false, "nearest": "", "file": "", "line": 0, "column": 0}]}
	_messages(i) == set()
}
