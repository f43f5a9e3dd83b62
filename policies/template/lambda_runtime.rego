# METADATA
# scope: package
# title: A Lambda function uses a runtime that can no longer be deployed
# description: |
#   Lambda first refuses to create functions on a retired runtime, and later to
#   update them. A release that still names one can be installed no more, and
#   after the second date not be upgraded either.
# related_resources:
# - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
# custom:
#   id: PF-TPL-003
#   severity: error
#   remediation: Take a release whose functions use a current runtime.
#   source: "AWS Lambda developer guide: runtimes of the release are retired"
package preflight.template.lambda_runtime

import data.preflight.lib

finding contains problem if {
	some s in _runtimes
	s.exists == "yes"
	some problem in _problems(s)
}

undecided contains gap if some gap in lib.unseen

unread contains reason if some reason in lib.applications

undecided contains problem if {
	some s in _runtimes
	s.exists == "undecided"
	some problem in _problems(s)
}

undecided contains object.union(lib.at(s), {
	"message": sprintf("the runtime is not known: %s", [s.reason]),
	"expected": "a current runtime",
	"found": "unknown",
}) if {
	some s in _runtimes
	s.state in {"unknown", "pattern"}
	s.exists != "no"
}

_runtimes contains s if {
	some s in input.release.observed
	s.type == "AWS::Lambda::Function"
	s.path == "Runtime"
}

# The day of the run; without one, every date has passed.
_today := substring(input.run.time, 0, 10) if input.run.time != ""

_today := "9999-12-31" if input.run.time == ""

_refused contains {"name": r.name, "what": "updated", "date": r.update, "successor": r.successor} if {
	some r in data.preflight.data.template.runtimes
	r.update <= _today
}

_refused contains {"name": r.name, "what": "created", "date": r.create, "successor": r.successor} if {
	some r in data.preflight.data.template.runtimes
	input.run.phase != "upgrade"
	r.create <= _today
	r.update > _today
}

_problems(s) := {object.union(lib.at(s), {
	"message": sprintf("the function uses %s, which cannot be %s since %s", [s.text, r.what, r.date]),
	"expected": r.successor,
	"found": s.text,
	"owner": "vendor",
	"cause": {
		"subject": sprintf("runtime:%s", [s.text]),
		"message": sprintf("{findings} Lambda functions use %s, which cannot be %s since %s", [s.text, r.what, r.date]),
		"fix": {
			"kind": "release",
			"target": s.text,
			"text": sprintf("Deploy a release whose functions use %s or another current runtime.", [r.successor]),
		},
	},
}) |
	s.state == "literal"
	some r in _refused
	r.name == s.text
}
