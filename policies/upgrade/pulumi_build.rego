# METADATA
# scope: package
# title: The panther-pulumi build has not succeeded since the last update
# description: |
#   From 1.22 on part of the infrastructure is managed by a build project that
#   is started by hand after every deployment. Upgrading on top of a build that
#   never ran, or failed, leaves that part behind.
# related_resources:
# - ref: https://docs.aws.amazon.com/codebuild/latest/userguide/run-build.html
# custom:
#   id: PF-UPG-007
#   severity: warning
#   remediation: "Start it and wait: panther-preflight pulumi start --wait"
#   source: "self-hosted guide, Trigger Pulumi CodeBuild"
package preflight.upgrade.pulumi_build

import data.preflight.lib

skipped contains "the first deployment: the build comes after it" if input.run.phase != "upgrade"

skipped contains sprintf("the deployed version is not known to be %s or later", [lib.publication.project_from]) if {
	input.run.phase == "upgrade"
	not _applies
}

finding contains {
	"subject": sprintf("project:%s", [_project]),
	"message": sprintf("%s %s", [_project, fault]),
	"expected": "a build that succeeded since the stack was updated",
	"found": fault,
} if {
	_applies
	some p in input.builds
	p.project == _project
	fault := _fault(p)
}

# What runs is waited for: a second build would change the same things.
undecided contains {
	"subject": sprintf("project:%s", [_project]),
	"message": sprintf("a build of %s is running since %s: wait until it has ended", [_project, p.builds[0].started]),
	"expected": "a build that succeeded since the stack was updated",
	"found": p.builds[0].id,
	"fix": "Wait for the build: panther-preflight pulumi start --wait follows it and starts no second one.",
} if {
	_applies
	some p in input.builds
	p.project == _project
	p.builds[0].status == "IN_PROGRESS"
	not _fault(p)
}

_project := lib.publication.project

_applies if {
	input.run.phase == "upgrade"
	lib.at_least(lib.deployed, lib.publication.project_from)
}

_fault(p) := "does not exist" if {
	not p.exists
} else := "has never been built" if {
	count(p.builds) == 0
} else := sprintf("was last built at %s, before the stack was updated at %s", [p.builds[0].started, _updated]) if {
	time.parse_rfc3339_ns(p.builds[0].started) < time.parse_rfc3339_ns(_updated)
} else := sprintf("was last built at %s: %s", [p.builds[0].started, p.builds[0].status]) if {
	not p.builds[0].status in {"SUCCEEDED", "IN_PROGRESS"}
}

_updated := lib.target_stack.updated if lib.target_stack.updated != ""

_updated := lib.target_stack.created if lib.target_stack.updated == ""
