# METADATA
# scope: package
# title: The secret of the China bridge holds an old or wrong API key
# description: |
#   The key grants full control over the backend, and is to be rotated with every
#   upgrade. A secret with another key than the gateway's, or with a disabled one,
#   shuts the proxy web app out. Every other enabled key of the stage's usage plans
#   opens the backend as well.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-010
#   severity: warning
#   partial: [bridge.backend_updated]
#   remediation: Rotate the key with `panther-preflight china rotate-key`.
#   source: "AWS China guide, API Gateway: we recommend rotating the key each time you upgrade your Panther deployment"
package preflight.china.bridge_key

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

skipped contains "the secret has no key to compare" if {
	input.bridge.asked
	not _stored
}

skipped contains "there is no gateway whose keys could be compared (PF-CHN-008)" if {
	_stored
	count(input.bridge.gateways) == 0
}

finding contains {
	"subject": _subject,
	"message": "the key in the secret is none of the gateway's keys",
	"fix": "Store the gateway's key: `panther-preflight china link`.",
} if {
	_stored
	count(input.bridge.gateways) > 0
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
	"subject": sprintf("key:%s", [k.id]),
	"message": sprintf("the key %s of the usage plan %s is enabled, and the secret does not hold it: it opens the backend as well", [k.id, _plan(k)]),
	"fix": sprintf("Disable it unless another client uses it: aws apigateway update-api-key --api-key %s --patch-operations op=replace,path=/enabled,value=false --region %s", [k.id, input.bridge.china_region]),
} if {
	count(_held) > 0
	some k in input.bridge.keys
	k.enabled
	k.in_secret == "no"
}

finding contains {
	"subject": sprintf("gateway:%s", [g.id]),
	"message": sprintf("%d usage plans hold the stage prod of the gateway %s: a key of any of them opens the backend", [count(plans), g.id]),
	"expected": "one usage plan",
	"found": concat(", ", sort([p.name | some p in plans])),
	"fix": "Remove the stage prod from the usage plans that are not the bridge's.",
} if {
	some g in input.bridge.gateways
	plans := [p | some p in g.plans; p.stage == "prod"]
	count(plans) > 1
}

finding contains {
	"subject": _subject,
	"message": "the key was not rotated since the backend was upgraded",
	"found": k.created,
	"expected": sprintf("later than %s", [input.bridge.backend_updated]),
} if {
	some k in _held
	_time(k.created)
	_time(input.bridge.backend_updated)
	k.created < input.bridge.backend_updated
}

undecided contains {
	"subject": _subject,
	"message": sprintf("when the key %s was created is not known, nor whether it was rotated since the backend was upgraded", [k.id]),
} if {
	some k in _held
	not _time(k.created)
}

undecided contains {
	"subject": _subject,
	"message": "a key of the gateway could not be compared with that of the secret",
} if {
	_stored
	count(_held) == 0
	some k in input.bridge.keys
	k.in_secret == "unknown"
	k.unread == ""
}

# A key that could not be read may be the one of the secret, or one more that opens the backend.
undecided contains {
	"subject": sprintf("key:%s", [k.id]),
	"message": sprintf("whether the key %s of the usage plan %s is enabled, and whether the secret holds it, could not be determined: %s", [k.id, _plan(k), k.unread]),
	"fix": "Allow apigateway:GET on the API keys of the usage plan.",
} if {
	_stored
	some k in input.bridge.keys
	k.unread != ""
}

# Facts write every time in UTC and in one form, so that texts compare as times do.
_time(text) if regex.match(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`, text)

_plan(k) := concat(", ", {p.name | some g in input.bridge.gateways; some p in g.plans; p.id == k.plan})

_stored if input.bridge.secrets[_].has_key

_held := [k | some k in input.bridge.keys; k.in_secret == "yes"]

_subject := sprintf("secret:%s", [input.bridge.secrets[0].id])
