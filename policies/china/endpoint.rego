# METADATA
# scope: package
# title: An endpoint or service principal belongs to another partition
# description: |
#   Endpoints in China end in amazonaws.com.cn and the console has another host.
#   Some hosts have no counterpart there, and some, such as the one that the AWS
#   CLI is downloaded from, serve every partition and are right as they are.
#   Most service principals end in amazonaws.com in every partition; those of
#   EC2, EMR, S3, CodeDeploy and CloudWatch Logs also take the suffix of China.
# related_resources:
# - ref: https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-Beijing.html
# custom:
#   id: PF-CHN-004
#   severity: error
#   remediation: Write the suffix of an endpoint as ${AWS::URLSuffix}, and a service principal as the finding says.
#   source: "Amazon Web Services in China, getting started guide: endpoints, console links and service principals"
package preflight.china.endpoint

import data.preflight.lib

skipped contains "the target is not in an AWS China region" if not lib.china

finding contains p.finding if {
	some p in _problems
	p.exists == "yes"
}

undecided contains gap if some gap in lib.unseen

undecided contains p.finding if {
	some p in _problems
	p.exists == "undecided"
}

_problems contains {"exists": l.exists, "finding": object.union(lib.at(l), {
	"message": sprintf("%s is a host outside China", [l.text]),
	"expected": _counterpart(l).expected,
	"found": l.text,
	"fix": _counterpart(l).fix,
	"owner": _counterpart(l).owner,
	"evidence": {"path": l.path},
})} if {
	lib.china
	some l in input.release.literals
	l.kind in {"host", "console"}
	l.partition == "aws"
	not l.asset
	not l.public
	not lib.other_region(l)
	not lib.plain_text(l)
	_reached(l)
}

_problems contains {"exists": l.exists, "finding": object.union(lib.at(l), {
	"message": sprintf("AWS China refuses the service principal %s", [l.text]),
	"expected": _expected(l),
	"found": l.text,
	"fix": "Run `panther-preflight transform`: it writes the principal as AWS China takes it.",
	"owner": "transform",
	"evidence": {"path": l.path},
})} if {
	lib.china
	some l in input.release.literals
	l.kind == "principal"
	not lib.other_region(l)
	not _right(l)
}

# Which forms are right is a row a service; the transform reads the same rows.
_right(l) if {
	not _demanded(l)
	_accepted(l)
}

_right(l) if _demanded(l) == _form(l)

# A condition may list what AWS China never passes a role to beside what it does.
_right(l) if {
	endswith(l.slot, "PassedToService")
	some other in input.release.literals
	other.kind == "principal"
	other.subject == l.subject
	other.path == l.path
	_service(other) == _service(l)
	_accepted(other)
}

_accepted(l) if {
	_form(l) in _principal(l).accept
	_near(l.region)
}

# _demanded is the one form that works for what the role is used as.
_demanded(l) := use.write if {
	l.principal
	some use in _principal(l).roles
	l.used_as == sprintf("%s %s", [use.type, use.property])
}

_near("")

_near("*")

_near(region) if startswith(region, "cn-")

_principal(l) := row if {
	some row in data.preflight.data.china_principals.rows
	row.service == _service(l)
} else := row if {
	some row in data.preflight.data.china_principals.rows
	row.service == "*"
}

_service(l) := regex.replace(l.text, `(\.([a-z]{2}(-[a-z]+)+-[0-9]|\*))?\.(amazonaws\.com(\.cn)?|\$\{AWS::URLSuffix\})$`, "")

_form(l) := "universal" if {
	l.region == ""
	l.partition == "aws"
}

_form(l) := "china" if {
	l.region == ""
	l.partition != "aws"
}

_form(l) := "regional" if {
	l.region != ""
	l.partition == "aws"
}

_form(l) := "regional_china" if {
	l.region != ""
	l.partition != "aws"
}

_expected(l) := concat(" or ", [text |
	some form in _forms(l)
	shape := data.preflight.data.china_principals.forms[form]
	text := replace(replace(shape, "SERVICE", _service(l)), "REGION", input.run.region)
])

_forms(l) := [_demanded(l)] if _demanded(l)

_forms(l) := _principal(l).accept if not _demanded(l)

# The transform writes a host for China where that exists there and means the same.
_counterpart(l) := {"expected": "a host that AWS China has", "fix": l.instead, "owner": "vendor"} if {
	l.china_host == ""
	l.instead != ""
} else := {
	"expected": "a host under amazonaws.com.cn, or ${AWS::URLSuffix}",
	"fix": "Run `panther-preflight transform`: it writes the host for China.",
	"owner": "transform",
}

# A bare `name.amazonaws.com` outside a Principal is the name of a service, as
# conditions of policies have it, unless it is plainly the host of an endpoint.
_reached(l) if l.kind == "console"

_reached(l) if l.scheme

_reached(l) if l.region != ""

_reached(l) if contains(l.text, ".*.")

_reached(l) if {
	l.service in data.preflight.data.china.bare_endpoints
	count(split(l.text, ".")) > 3
}
