# METADATA
# scope: package
# title: The certificate of the load balancer is missing or not usable
# description: |
#   The load balancer of the web app serves CustomDomain with the certificate
#   that CertificateArn names. Elastic Load Balancing takes one of its own region
#   only, and only while it is issued; browsers take it for its names only.
# related_resources:
# - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
# custom:
#   id: PF-PRM-013
#   severity: error
#   remediation: "Request a certificate for the custom domain in the region of the stack, validate it, and give its ARN as CertificateArn."
#   source: "self-hosted guide, Custom domain: the certificate of the load balancer"
#   partial: [certificates]
package preflight.parameters.certificate

import data.preflight.lib

skipped contains "CertificateArn names no certificate of ACM" if not _acm

skipped contains "the state of the certificate needs live facts, which --offline leaves out" if {
	input.run.offline
	_acm
	not _misplaced
}

finding contains object.union(lib.about("CertificateArn"), {
	"message": sprintf("CertificateArn is in %s; a load balancer in %s takes certificates of its own region only", [_region, input.run.region]),
	"expected": input.run.region,
	"found": _region,
	"fix": sprintf("Request the certificate in %s, and give its ARN as CertificateArn.", [input.run.region]),
}) if {
	_misplaced
}

finding contains object.union(lib.about("CertificateArn"), {
	"message": sprintf("the certificate of the load balancer (CertificateArn) %s", [fault.message]),
	"expected": fault.expected,
	"found": fault.found,
}) if {
	some c in input.certificates
	c.arn == lib.value("CertificateArn")
	some fault in lib.certificate_faults(c, _domain)
}

default _domain := ""

_domain := lib.value(lib.publication.domain_parameter)

_acm if startswith(_service, "acm")

_service := split(lib.value("CertificateArn"), ":")[2]

_region := split(lib.value("CertificateArn"), ":")[3]

_misplaced if {
	_acm
	input.run.region != ""
	_region != input.run.region
}
