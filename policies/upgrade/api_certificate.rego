# METADATA
# scope: package
# title: The certificate of the API domain is missing or not usable
# description: |
#   From 1.19.5 on the API has an edge-optimized custom domain api.<domain>
#   beside the web app. It needs a certificate of its own, in us-east-1, issued,
#   not about to expire, and for that name.
# related_resources:
# - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-edge-optimized-custom-domain-name.html
# custom:
#   id: PF-UPG-005
#   severity: error
#   remediation: "Request a certificate for api.<domain> in us-east-1, validate it, and give its ARN as ApiCertificateArn."
#   source: "self-hosted guide, Migrating to 1.19.5"
#   partial: [certificates]
package preflight.upgrade.api_certificate

import data.preflight.lib

skipped contains "no custom domain is set" if not lib.is_set(lib.publication.domain_parameter)

skipped contains "AWS China has no edge-optimized domains" if lib.china

skipped contains sprintf("the target is not known to be %s or later", [lib.publication.api_from]) if not _applies

skipped contains "the state of the certificate needs live facts, which --offline leaves out" if {
	input.run.offline
	_applies
	_arn
	not _misplaced
}

finding contains object.union(_about, {
	"message": sprintf("%s is not set, and the API domain %s needs a certificate of its own", [_parameter, _domain]),
	"expected": sprintf("the ARN of a certificate for %s in us-east-1", [_domain]),
	"found": "nothing",
}) if {
	_applies
	lib.is_blank(_parameter)
}

finding contains object.union(_about, {
	"message": sprintf("%s is in %s; an edge-optimized domain takes certificates of us-east-1 only", [_parameter, split(_arn, ":")[3]]),
	"expected": "us-east-1",
	"found": split(_arn, ":")[3],
}) if {
	_misplaced
}

finding contains object.union(_about, {
	"message": sprintf("the certificate of %s %s", [_domain, fault.message]),
	"expected": fault.expected,
	"found": fault.found,
}) if {
	_applies
	some c in input.certificates
	c.arn == _arn
	some fault in lib.certificate_faults(c, _domain)
}

_parameter := lib.publication.api_certificate

_about := lib.about(_parameter)

_domain := concat("", [lib.publication.api_label, lib.value(lib.publication.domain_parameter)])

_applies if lib.at_least(lib.target, lib.publication.api_from)

_arn := lib.value(_parameter) if lib.is_set(_parameter)

_misplaced if {
	_applies
	split(_arn, ":")[3] != "us-east-1"
}
