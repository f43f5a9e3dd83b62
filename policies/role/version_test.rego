package preflight.role.version_test

import data.preflight.role.version

_with(role, published) := {
	"run": {"release": "v1.31.1", "deployment_role": "R"},
	"role": object.union({"name": "R", "exists": true, "stack_name": "s", "stack_version": ""}, role),
	"authorization": {"published": object.union({"versions": ["v1.31.1"], "exact": true, "missing": [], "matches": []}, published)},
}

_by(i) := b if {
	findings := version.finding with input as i
	b := {f.evidence.by | some f in findings}
}

test_metadata if _by(_with({"stack_version": "v1.8.0"}, {})) == {"stack metadata"}

test_fingerprint if {
	_by(_with({}, {"matches": ["v1.16.0"]})) == {"policy fingerprint"}
	_by(_with({}, {"matches": ["v1.35.0"]})) == {"policy fingerprint"}
	_by(_with({}, {"matches": ["v1.31.1", "v1.34.0"]})) == set()
}

test_capability if {
	missing := [{"action": "batch:CreateJobQueue", "certain": true}]
	_by(_with({}, {"missing": missing})) == {"capabilities"}
	_by(_with({}, {})) == set()
	count(version.undecided) == 1 with input as _with({}, {"missing": missing, "exact": false, "versions": ["v1.16.0"]})
}

test_skipped if {
	count(version.skipped) == 1 with input as {"run": {"release": "v1.31.1", "deployment_role": "R"}, "role": {"name": "R", "exists": false}}
	count(version.skipped) == 1 with input as {"run": {"release": "", "deployment_role": "R"}, "role": {"name": "R", "exists": true}}
	count(version.skipped) == 1 with input as {"run": {"release": "v1.31.1", "deployment_role": ""}, "role": {"name": "", "exists": false}}
}
