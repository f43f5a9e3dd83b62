# METADATA
# scope: package
# title: The API domain does not point at the API
# description: |
#   From 1.19.5 on the API answers at api.<domain>. The alias record is not part
#   of the release: it is made once by hand, to the distribution that the
#   Bootstrap stack names in its outputs.
# related_resources:
# - ref: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
# custom:
#   id: PF-UPG-006
#   severity: warning
#   remediation: "Deploy the stack that `panther-preflight template api-alias` prints, with the outputs of the Bootstrap stack."
#   source: "self-hosted guide, Migrating to 1.19.5, step 4"
package preflight.upgrade.api_alias

import data.preflight.lib

skipped contains "no custom domain is set" if not lib.is_set(lib.publication.domain_parameter)

skipped contains sprintf("nothing deployed is %s or later: the record comes after the deployment", [lib.publication.api_from]) if not _deployed

skipped contains "no public hosted zone of this account holds the domain" if {
	_deployed
	count(input.dns.zones) == 0
}

finding contains {
	"subject": sprintf("record:%s", [_name]),
	"message": sprintf("%s has no alias record in the hosted zone %s", [_name, zone.name]),
	"expected": _expected,
	"found": "nothing",
	"evidence": {"zone": zone.id},
} if {
	_deployed
	some zone in input.dns.zones
	count(_records) == 0
}

finding contains {
	"subject": sprintf("record:%s", [_name]),
	"message": sprintf("%s points at %s, not at the API", [_name, r.alias]),
	"expected": _expected,
	"found": r.alias,
	"evidence": {"zone": r.zone},
} if {
	_deployed
	some target in _targets
	some r in _records
	lower(r.alias) != lower(target)
}

_name := concat("", [lib.publication.api_label, lib.value(lib.publication.domain_parameter)])

_records := {r | some r in input.dns.records; lower(r.name) == lower(_name)}

_deployed if lib.at_least(lib.deployed, lib.publication.api_from)

# Where the deployed stacks say that the API is.
_targets := {o.value |
	some s in input.cloudformation.stacks
	s.in_tree
	some o in s.outputs
	o.name == lib.publication.alias_output
}

_expected := concat(", ", _targets) if count(_targets) > 0

_expected := sprintf("the output %s of the Bootstrap stack", [lib.publication.alias_output]) if count(_targets) == 0
