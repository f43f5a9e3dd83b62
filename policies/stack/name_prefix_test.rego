package preflight.stack.name_prefix_test

import data.preflight.stack.name_prefix

_found(name, role) := x if x := count(name_prefix.finding) with input as {"run": {"stack_name": name, "deployment_role": role}}

test_names_that_the_role_may_use if {
	every name in ["panther", "panther-prod", "panther-"] {
		_found(name, "PantherDeploymentRole") == 0
	}
}

test_names_that_it_may_not if {
	every name in ["prod", "pantherprod", "Panther-prod", "my-panther", "PANTHER"] {
		_found(name, "PantherDeploymentRole") == 1
	}
}

test_an_administrator_may_use_any if _found("prod", "") == 0

test_names_that_cloudformation_refuses if {
	every name in ["panther_prod", "1panther", "panther prod", sprintf("panther-%s", [concat("", [x | some _ in numbers.range(1, 121); x := "a"])])] {
		_found(name, "") == 1
	}
}

test_a_refused_name_is_one_finding if _found("panther_prod", "PantherDeploymentRole") == 1

test_no_name if {
	count(name_prefix.skipped) == 1 with input as {"run": {"stack_name": ""}}
	_found("", "PantherDeploymentRole") == 0
}
