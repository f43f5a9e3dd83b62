# METADATA
# scope: package
# title: The backend does not answer over the China bridge
# description: |
#   One listIntegrations request with the key of the secret must be answered with
#   a JSON list. The key is sent in a header over https, to the host of the gateway
#   that was found in the account and to no other; it follows no redirect, and is
#   never printed.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-011
#   severity: error
#   remediation: Check that the gateway is deployed to the stage prod, that the key is on its usage plan, and that the address is reachable from here.
#   source: "AWS China guide, API Gateway: if you get a JSON response, you are all set"
package preflight.china.bridge_answer

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

skipped contains "the secret has no URL and API_KEY that may be sent (PF-CHN-009)" if {
	input.bridge.asked
	count(input.bridge.probes) == 0
}

finding contains {
	"subject": sprintf("bridge:%s", [p.host]),
	"message": _message(p),
	"expected": "a JSON list, the answer to listIntegrations",
	"found": _found(p),
	"fix": object.get(_fixes, p.answer, _fixes.other),
} if {
	some p in input.bridge.probes
	p.answer != "list"
}

_message(p) := sprintf("the bridge does not answer: %s", [p.reason]) if p.answer == "unreachable"

_message(p) := object.get(_messages, p.answer, _messages.other) if p.answer != "unreachable"

_found(p) := p.answer if p.status == 0

_found(p) := sprintf("%s, status %d", [p.answer, p.status]) if p.status != 0

_messages := {
	"forbidden": "the bridge refuses the key: API Gateway answers Forbidden",
	"no path": "the stage prod of the gateway has no path /cn/panther-source-api",
	"denied": "the bridge refuses the request: a resource policy or an authorizer denies it",
	"throttled": "the bridge refuses the request: a limit of the usage plan is used up",
	"function error": "the function of the backend behind the bridge failed",
	"gateway error": "the gateway of the bridge could not get an answer from the backend",
	"null": "the bridge answers with null instead of a list of integrations",
	"other json": "the bridge answers with JSON that is not a list of integrations",
	"icp block page": "a network in China blocks the bridge: the answer is a page about a missing ICP recordal",
	"no icp recordal": "API Gateway refuses the request with the message null, as it does for accounts in China without an ICP recordal",
	"captive portal": "a captive portal answers instead of the bridge",
	"redirect": "the bridge answers with a redirect, which is not followed with the key",
	"html": "a web page answers instead of the bridge, not JSON",
	"other": "the bridge answers with something else than JSON",
}

_fixes := {
	"unreachable": "Check that this machine may reach the internet in China, and which proxy it uses.",
	"forbidden": "Check that the key is enabled and on a usage plan of the stage prod: `panther-preflight china link`. A key that was made just now takes up to a minute.",
	"no path": "Deploy the gateway's resources to the stage prod again, in the API Gateway console or with the stack of the backend.",
	"denied": "Allow this caller and the proxy web app in the resource policy of the gateway, and remove its authorizer.",
	"throttled": "Raise the throttling limits and the quota of the usage plan, or wait until they are reset.",
	"function error": "Read the log of the function panther-source-api in CloudWatch in China, and redeploy the backend.",
	"gateway error": "Check the integration of the gateway and the time limit of the function panther-source-api in China.",
	"null": "Check that the stage prod was deployed from this release: the function panther-source-api returns a list, which may be empty.",
	"other json": "Check that the stage prod leads to the function panther-source-api of this release.",
	"icp block page": "Ask AWS China (Sinnet or NWCD) to allow the gateway: the account needs an ICP recordal or exception.",
	"no icp recordal": "Ask AWS China (Sinnet or NWCD) for an ICP recordal or an exception for the account; without one, API Gateway answers no request with an API key.",
	"captive portal": "Sign in to the network that this machine is on, or run the command from another network.",
	"redirect": "Find out which proxy or portal between this machine and China answers, and run the command from another network.",
	"html": "Find out which proxy, firewall or portal between this machine and China sends the page, and run the command from another network.",
	"other": "Check that the stage prod leads to the function panther-source-api of this release.",
}
