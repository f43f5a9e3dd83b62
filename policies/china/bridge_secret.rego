# METADATA
# scope: package
# title: The secret of the China bridge is missing or not usable
# description: |
#   The proxy web app reads where the backend is, and the key that opens it, from
#   a secret in its own region: a JSON object with URL and API_KEY. The URL is that
#   of the gateway's stage prod in China.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-009
#   severity: error
#   remediation: Store the URL of the stage prod and the key as JSON; `panther-preflight china link` does it.
#   source: "AWS China guide, AWS Secrets Manager: the plaintext version of the secret should be valid JSON with those 2 keys"
package preflight.china.bridge_secret

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

finding contains _about(s, sprintf("there is no secret %s in %s", [s.id, input.bridge.proxy_region])) if {
	some s in input.bridge.secrets
	not s.exists
}

finding contains _about(s, "the value is not a JSON object") if {
	some s in input.bridge.secrets
	s.exists
	not s.json
}

finding contains object.union(_about(s, sprintf("the value has no text %s", [field])), {"expected": field}) if {
	some s in input.bridge.secrets
	s.json
	some field, has in {"URL": s.has_url, "API_KEY": s.has_key}
	not has
}

finding contains object.union(_about(s, "the URL is not https"), {"expected": "https", "found": s.scheme}) if {
	some s in input.bridge.secrets
	s.has_url
	s.scheme != "https"
}

finding contains object.union(
	_about(s, "the URL is not that of an API gateway in China"),
	{"expected": "<id>.execute-api.<region>.amazonaws.com.cn", "found": s.host},
) if {
	some s in input.bridge.secrets
	s.has_url
	not regex.match(`^[a-z0-9-]+\.execute-api\.cn-(north|northwest)-1\.amazonaws\.com\.cn$`, s.host)
}

finding contains object.union(_about(s, "the URL does not end in /prod"), {"expected": "/prod", "found": s.path}) if {
	some s in input.bridge.secrets
	s.has_url
	not endswith(s.path, "/prod")
}

_about(s, message) := {"subject": sprintf("secret:%s", [s.id]), "message": message}
