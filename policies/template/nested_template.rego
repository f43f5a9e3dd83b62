# METADATA
# scope: package
# title: A nested template cannot be read or exceeds a CloudFormation limit
# description: |
#   CloudFormation reads all templates of a release while it deploys. One that
#   is missing, malformed, nests itself or is over a limit fails the deployment
#   in the middle, and everything made until then is rolled back.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
# custom:
#   id: PF-TPL-001
#   severity: error
#   remediation: Take the whole release again with `panther-preflight release download`, or mend the template that is named.
#   source: "AWS CloudFormation user guide: nested stacks of a release"
package preflight.template.nested_template

import data.preflight.lib

finding contains p.finding if {
	some p in _broken
	p.exists == "yes"
}

undecided contains p.finding if {
	some p in _broken
	p.exists == "undecided"
}

_broken contains {"exists": c.exists, "finding": object.union(lib.at(c), {
	"message": sprintf("the nested template cannot be used: %s", [c.detail]),
	"expected": "a template that CloudFormation can read",
	"found": c.state,
	"cause": lib.template_cause(c),
	"owner": "vendor",
})} if {
	some c in input.release.children
	c.state in {"missing", "unreadable", "cycle", "too_deep", "too_many"}
	not _refused(c)
}

# A source folder names its templates by path, which packaging replaces.
_broken contains {"exists": c.exists, "finding": object.union(lib.at(c), {
	"message": sprintf("TemplateURL %s is not the https URL of an object in S3: %s", [c.url, _forms[c.form]]),
	"expected": "https://BUCKET.s3.REGION.amazonaws.com/KEY",
	"found": c.url,
	"owner": "vendor",
	"fix": "Package the release, for example with `aws cloudformation package`, or download it again.",
})} if {
	some c in input.release.children
	_refused(c)
}

_refused(c) if {
	input.release.published
	_forms[c.form]
}

_forms := {
	"path": "a path was never packaged",
	"s3": "CloudFormation does not accept s3://",
	"http": "CloudFormation does not accept http://",
	"other_host": "CloudFormation accepts hosts of S3 only",
}

undecided contains object.union(lib.at(c), {
	"message": sprintf("the nested template was not looked at: %s", [c.detail]),
	"expected": "a template that CloudFormation can read",
	"found": c.state,
	"cause": lib.template_cause(c),
}) if {
	some c in input.release.children
	c.state in {"not_read", "unknown"}
	c.exists != "no"
	not _refused(c)
}

finding contains {
	"subject": t.subject,
	"file": t.file,
	"line": 1,
	"column": 1,
	"message": sprintf("the template has %s %s, and CloudFormation accepts %s", [lib.number(found), limit.what, lib.number(limit.most)]),
	"expected": sprintf("at most %s", [lib.number(limit.most)]),
	"found": lib.number(found),
	"owner": "vendor",
} if {
	some t in input.release.templates
	some limit in data.preflight.data.template.limits
	found := t[limit.count]
	found > limit.most
}

finding contains {
	"subject": t.subject,
	"file": t.file,
	"line": 1,
	"column": 1,
	"message": "the template declares no resource, and CloudFormation accepts none without",
	"expected": "at least 1",
	"found": 0,
	"owner": "vendor",
} if {
	some t in input.release.templates
	t.resources == 0
	count(t.unexpanded) == 0
}

finding contains object.union(lib.at(f), {
	"message": f.detail,
	"expected": "a template that CloudFormation accepts",
	"found": f.kind,
	"owner": "vendor",
}) if {
	some f in input.release.faults
	f.kind in {"too_deep", "too_large"} # PF-TPL-005 has the circles
}

undecided contains gap if some gap in lib.unexpanded
