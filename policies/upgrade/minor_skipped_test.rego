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

test_a_downgrade_and_an_unknown_minor_are_other_checks if {
	_path("v1.31.1", "v1.20.3") == []
	_path("v1.9.0", "v1.20.3") == []
	_path("v1.31.1", "v2.0.0") == []
}

test_skipped if {
	count(minor_skipped.skipped) == 1 with input as {"run": {"phase": "install", "from": "", "release": "v1.31.1"}}
	count(minor_skipped.skipped) == 1 with input as _input("", "v1.31.1")
	count(minor_skipped.skipped) == 1 with input as _input("v1.31.1", "")
}
