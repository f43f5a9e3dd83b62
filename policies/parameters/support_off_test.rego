package preflight.parameters.support_off_test

import data.preflight.parameters.support_off

_found(name, empty) := x if x := {f.subject | some f in support_off.finding} with input as {"parameters": [{
	"name": name, "empty": empty,
	"file": "", "line": 0, "column": 0,
}]}

test_blank if {
	_found("SentryEnvironment", true) == {"parameter:SentryEnvironment"}
	_found("SupportRoleIdentityAccountId", true) == {"parameter:SupportRoleIdentityAccountId"}
}

test_set if _found("SentryEnvironment", false) == set()

test_another if _found("CustomDomain", true) == set()
