# METADATA
# scope: package
# title: The secret of the China bridge is missing or not usable
# description: |
#   The proxy web app reads where the backend is, and the key that opens it, from
#   a secret in its own region: a JSON object with URL and API_KEY. The URL is that
#   of the stage prod of the gateway panther-cn-bridge in the account in China. The
#   key is sent to no other host; nothing of the secret is shown.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-009
#   severity: error
#   partial: [bridge.gateways]
#   remediation: Store the URL of the stage prod and the key as JSON; `panther-preflight china link` does it.
#   source: "AWS China guide, AWS Secrets Manager: the plaintext version of the secret should be valid JSON with those 2 keys"
package preflight.china.bridge_secret

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

finding contains _about(s, sprintf("there is no secret %s in %s", [s.id, input.bridge.proxy_region])) if {
	some s in input.bridge.secrets
	not s.exists
}

finding contains object.union(_about(s, sprintf("the secret %s is scheduled for deletion, so that nobody can read it", [s.id])), {"fix": sprintf(
	"Restore it: aws secretsmanager restore-secret --secret-id %s --region %s",
	[s.id, input.bridge.proxy_region],
)}) if {
	some s in input.bridge.secrets
	s.deleting
}

finding contains _about(s, sprintf("the secret %s has no current value", [s.id])) if {
	some s in input.bridge.secrets
	s.exists
	not s.deleting
	not s.has_value
}

finding contains _about(s, "the value is not a JSON object") if {
	some s in input.bridge.secrets
	s.has_value
	not s.json
}

finding contains object.union(_about(s, sprintf("the value has no text %s", [field])), {"expected": field}) if {
	some s in input.bridge.secrets
	s.json
	some field, has in {"URL": s.has_url, "API_KEY": s.has_key}
	not has
}

finding contains object.union(_about(s, _faults[s.url]), {"expected": _expected}) if {
	some s in input.bridge.secrets
	s.has_url
}

finding contains _about(s, "the API_KEY has white space or other characters that no API key has, and cannot be sent in a header") if {
	some s in input.bridge.secrets
	s.key == "invalid"
}

_faults := {
	"invalid": "the URL is no URL",
	"spaces": "the URL begins or ends with white space",
	"not https": "the URL is not https",
	"user info": "the URL has a user name or password before the host",
	"query": "the URL has a query or a fragment, which the URL of a stage has not",
	"port": "the URL has a port other than 443",
	"other host": "the URL is not that of an API gateway in China",
	"other gateway": "the URL is not that of the gateway panther-cn-bridge of this account",
	"other stage": "the URL does not end in /prod, the stage of the bridge",
}

_expected := concat(" or ", sort([sprintf("https://%s.execute-api.%s.amazonaws.com.cn/prod", [g.id, input.bridge.china_region]) |
	some g in input.bridge.gateways
])) if {
	count(input.bridge.gateways) > 0
} else := "https://<id>.execute-api.<region>.amazonaws.com.cn/prod"

_about(s, message) := {"subject": sprintf("secret:%s", [s.id]), "message": message}
