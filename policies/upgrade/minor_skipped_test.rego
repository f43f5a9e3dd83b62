package preflight.upgrade.minor_skipped_test

import data.preflight.upgrade.minor_skipped

_input(from, release) := {"run": {"phase": "upgrade", "from": from, "release": release}}

_path(from, release) := x if x := [p | some f in minor_skipped.finding; some p in f.evidence.path] with input as _input(from, release)

test_the_guide_s_example if _path("v1.10.1", "v1.13.0") == ["v1.11.0", "v1.12.1", "v1.13.0"]

test_the_next_minor_and_the_same if {
	_path("v1.30.5", "v1.31.1") == []
	_path("v1.31.0", "v1.31.1") == []
	_path("v1.31.1", "v1.31.1") == []
}

test_a_downgrade_is_another_check if _path("v1.31.1", "v1.20.3") == []

test_a_minor_that_the_matrix_does_not_know_is_still_skipped if {
	_path("v1.9.0", "v1.12.1") == ["v1.10.1", "v1.11.0", "v1.12.1"]
	_path("v1.38.5", "v1.41.0") == ["v1.39.7", "v1.40.x", "v1.41.0"]
	_path("v1.39.7", "v1.40.0") == []
}

test_another_major_cannot_be_counted if {
	_path("v1.31.1", "v2.0.0") == []
	count(minor_skipped.skipped) == 1 with input as _input("v1.31.1", "v2.0.0")
}

test_skipped if {
	count(minor_skipped.skipped) == 1 with input as {"run": {"phase": "install", "from": "", "release": "v1.31.1"}}
	count(minor_skipped.skipped) == 1 with input as _input("", "v1.31.1")
	count(minor_skipped.skipped) == 1 with input as _input("v1.31.1", "")
}
