package preflight.upgrade.known_version_test

import data.preflight.upgrade.known_version

_input(from, release) := {"run": {"from": from, "release": release}}

_found(from, release) := x if x := {f.subject | some f in known_version.finding} with input as _input(from, release)

test_known if {
	_found("", "v1.31.1") == set()
	_found("v1.30.5", "v1.31.1") == set()
	_found("v1.31.1", "v1.31.1") == set()
	_found("v1.31.1", "") == set()
}

test_before_the_matrix if {
	_found("v1.9.0", "v1.10.1") == {"release:v1.9.0"}
	some f in known_version.finding with input as _input("v1.9.0", "v1.10.1")
	contains(f.fix, "before 1.10")
}

test_after_the_matrix if {
	_found("", "v1.127.0") == set()
	some u in known_version.undecided with input as _input("v1.126.0", "v1.127.0")
	contains(u.message, "newer than the release matrix")
	count(known_version.undecided) == 2 with input as _input("v1.126.0", "v1.127.0")
	count(known_version.undecided) == 0 with input as _input("v1.30.5", "v1.31.1")
	_found("v1.127.0", "v1.126.0") == {"release:v1.126.0"}
}

test_no_such_minor if {
	gap := {"minors": [{"minor": "1.30", "patch": "1.30.5"}, {"minor": "1.32", "patch": "1.32.1"}]}
	some f in known_version.finding with input as _input("", "v1.31.0") with data.preflight.data.releases as gap
	contains(f.fix, "Check the number")
}

test_downgrade if {
	_found("v1.31.1", "v1.30.5") == {"release:v1.30.5"}
	_found("v1.31.1", "v1.31.0") == {"release:v1.31.0"}
}

test_skipped if count(known_version.skipped) == 1 with input as _input("", "")
