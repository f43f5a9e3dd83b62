package preflight.parameters.operations_role_test

import data.preflight.parameters.operations_role

_found(known, value) := x if x := count(operations_role.finding) with input as {"parameters": [{
	"name": "OpsRoleIdentityAccountId", "known": known, "value": value,
	"file": "", "line": 0, "column": 0,
}]}

test_set if _found(true, "111122223333") == 1

test_blank if _found(true, "") == 0

test_not_known if _found(false, "") == 0
