# METADATA
# scope: package
# title: The secret of the China bridge holds an old or wrong API key
# description: |
#   The key grants full control over the backend, and is to be rotated with every
#   upgrade. A secret with another key than the gateway's, or with a disabled one,
#   shuts the proxy web app out.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-010
#   severity: warning
#   remediation: Rotate the key with `panther-preflight china rotate-key`.
#   source: "AWS China guide, API Gateway: we recommend rotating the key each time you upgrade your Panther deployment"
package preflight.china.bridge_key

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

skipped contains "the secret has no key to compare" if {
	input.bridge.asked
	not _stored
}

finding contains {
	"subject": _subject,
	"message": "the key in the secret is none of the gateway's keys",
	"fix": "Store the gateway's key: `panther-preflight china link`.",
} if {
	_stored
	count(input.bridge.keys) > 0
	every k in input.bridge.keys {
		k.in_secret == "no"
	}
}

finding contains {
	"subject": _subject,
	"message": sprintf("the key in the secret is disabled (%s)", [k.id]),
	"fix": "Store an enabled key: `panther-preflight china link`.",
} if {
	some k in _held
	not k.enabled
}

finding contains {
	"subject": _subject,
	"message": "the key was not rotated since the backend was upgraded",
	"found": k.created,
	"expected": sprintf("later than %s", [input.bridge.backend_updated]),
} if {
	some k in _held
	time.parse_rfc3339_ns(k.created) < time.parse_rfc3339_ns(input.bridge.backend_updated)
}

undecided contains {
	"subject": _subject,
	"message": "when the backend was deployed is not known, nor whether the key was rotated since",
} if {
	count(_held) > 0
	input.bridge.backend_updated == ""
}

undecided contains {
	"subject": _subject,
	"message": "a key of the gateway could not be compared with that of the secret",
} if {
	_stored
	count(_held) == 0
	some k in input.bridge.keys
	k.in_secret == "unknown"
}

_stored if input.bridge.secrets[_].has_key

_held := [k | some k in input.bridge.keys; k.in_secret == "yes"]

_subject := sprintf("secret:%s", [input.bridge.secrets[0].id])
