# METADATA
# scope: package
# title: The backend does not answer over the China bridge
# description: |
#   One listIntegrations request with the key of the secret must be answered with
#   JSON. The key is sent in a header over https, follows no redirect, and is never
#   printed.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-011
#   severity: error
#   remediation: Check that the gateway is deployed to the stage prod, that the key is on its usage plan, and that the address is reachable from here.
#   source: "AWS China guide, API Gateway: if you get a JSON response, you are all set"
package preflight.china.bridge_answer

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

skipped contains "the secret has no URL and key to ask with" if {
	input.bridge.asked
	count(input.bridge.probes) == 0
}

finding contains {
	"subject": sprintf("bridge:%s", [p.host]),
	"message": _message(p),
	"expected": "a JSON answer to listIntegrations",
	"found": _found(p),
	"fix": _fixes[p.answer],
} if {
	some p in input.bridge.probes
	p.answer != "json"
}

_message(p) := sprintf("the bridge does not answer: %s", [p.reason]) if p.answer == "unreachable"

_message(p) := sprintf("the bridge refuses the request with status %d", [p.status]) if p.answer == "refused"

_message(p) := "the bridge answers with something else than JSON" if p.answer == "not json"

_found(p) := p.answer if p.status == 0

_found(p) := sprintf("%s, status %d", [p.answer, p.status]) if p.status != 0

_fixes := {
	"unreachable": "Check the URL in the secret, and that this machine may reach the internet in China.",
	"refused": "Check that the key is enabled and on a usage plan of the stage prod: `panther-preflight china link`.",
	"not json": "Check that the URL is that of the gateway's stage prod, without a path after it.",
}
