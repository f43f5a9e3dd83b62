package preflight.upgrade.recommended_patch_test

import data.preflight.upgrade.recommended_patch

_found(release) := x if x := count(recommended_patch.finding) with input as {"run": {"release": release}}

test_recommended if _found("v1.18.8") == 0

test_not_recommended if {
	_found("v1.18.5") == 1
	_found("v1.18.9") == 1
}

test_an_unknown_minor_is_another_check_and_no_pass if {
	_found("v2.0.0") == 0
	count(recommended_patch.skipped) == 1 with input as {"run": {"release": "v2.0.0"}}
	count(recommended_patch.skipped) == 0 with input as {"run": {"release": "v1.18.5"}}
}

test_skipped if count(recommended_patch.skipped) == 1 with input as {"run": {"release": ""}}
