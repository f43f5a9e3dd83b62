package preflight.upgrade.pulumi_build_test

import data.preflight.upgrade.pulumi_build

_with(project) := {
	"run": {"phase": "upgrade", "from": "v1.30.5"},
	"builds": [object.union({"project": "panther-pulumi", "exists": true, "builds": []}, project)],
	"cloudformation": {"stacks": [{"target": true, "created": "2026-01-01T00:00:00Z", "updated": "2026-02-01T00:00:00Z"}]},
}

_build(started, status) := {"builds": [{"started": started, "status": status}]}

_found(i) := m if {
	findings := pulumi_build.finding with input as i
	m := [f.found | some f in findings]
}

test_faults if {
	every words, project in {
		"exist": {"exists": false}, "never": {}, "before": _build("2026-01-15T00:00:00Z", "SUCCEEDED"),
		"FAILED": _build("2026-02-02T00:00:00Z", "FAILED"),
	} {
		some m in _found(_with(project))
		contains(m, words)
	}
}

test_good if count(_found(_with(_build("2026-02-02T00:00:00Z", "SUCCEEDED")))) == 0

test_never_updated if {
	stack := [{"target": true, "created": "2026-03-01T00:00:00Z", "updated": ""}]
	count(_found(object.union(_with(_build("2026-02-02T00:00:00Z", "SUCCEEDED")), {"cloudformation": {"stacks": stack}}))) == 1
}

test_skipped if {
	count(pulumi_build.skipped) == 1 with input as {"run": {"phase": "install", "from": ""}}
	count(pulumi_build.skipped) == 1 with input as {"run": {"phase": "upgrade", "from": "v1.20.3"}}
}

test_a_build_that_runs_is_waited_for if {
	i := _with({"builds": [{"id": "panther-pulumi:3", "status": "IN_PROGRESS", "started": "2026-03-02T00:00:00Z"}]})
	pulumi_build.finding == set() with input as i
	some u in pulumi_build.undecided with input as i
	u.found == "panther-pulumi:3"
	contains(u.message, "is running since 2026-03-02T00:00:00Z")
}
