# METADATA
# scope: package
# title: The gateway of the China bridge is incomplete
# description: |
#   The proxy web app reaches the backend in China through the API gateway
#   panther-cn-bridge, its stage prod, and a key of a usage plan of that stage.
#   The backend creates the gateway; in some releases the key must be made and
#   attached to the usage plan by hand.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-008
#   severity: error
#   remediation: Deploy the backend in China; then create an API key and attach it to the usage plan of the stage prod.
#   source: "AWS China guide, API Gateway: you will have an API gateway named panther-cn-bridge and an associated API key"
package preflight.china.bridge_gateway

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

finding contains {
	"subject": "gateway:panther-cn-bridge",
	"message": sprintf("there is no API gateway panther-cn-bridge in %s", [input.bridge.china_region]),
	"fix": "Deploy the backend in this region first, or name the region that it is in with --china-region.",
} if {
	input.bridge.asked
	count(input.bridge.gateways) == 0
}

finding contains {
	"subject": "gateway:panther-cn-bridge",
	"message": sprintf("%d API gateways are named panther-cn-bridge in %s: %s", [count(_ids), input.bridge.china_region, concat(", ", _ids)]),
	"expected": "one gateway",
	"found": concat(", ", _ids),
	"fix": "Find out which one the stack of the backend owns, and delete or rename the others.",
} if {
	count(_ids) > 1
}

finding contains {
	"subject": sprintf("gateway:%s", [g.id]),
	"message": sprintf("the gateway %s has no stage prod", [g.id]),
	"expected": "prod",
	"found": concat(", ", g.stages),
} if {
	some g in input.bridge.gateways
	not "prod" in g.stages
}

finding contains {
	"subject": sprintf("gateway:%s", [g.id]),
	"message": sprintf("no usage plan holds the stage prod of the gateway %s, so that no key opens it", [g.id]),
	"fix": "Create a usage plan for the stage prod and attach an API key to it.",
} if {
	some g in input.bridge.gateways
	count(_plans(g)) == 0
}

finding contains {
	"subject": sprintf("gateway:%s", [g.id]),
	"message": sprintf("no usage plan of the stage prod of %s has an enabled key", [g.id]),
	"fix": sprintf("Create an API key and attach it to the usage plan %s.", [_names(_plans(g))]),
} if {
	some g in input.bridge.gateways
	count(_plans(g)) > 0
	every p in _plans(g) {
		p.enabled == 0
		p.unread == 0
	}
}

# A key that could not be read may be the enabled one.
undecided contains {
	"subject": sprintf("gateway:%s", [g.id]),
	"message": sprintf("whether a usage plan of the stage prod of %s has an enabled key could not be determined: %s", [g.id, concat("; ", sort(unread))]),
	"fix": "Allow apigateway:GET on the API keys of the usage plan.",
} if {
	some g in input.bridge.gateways
	every p in _plans(g) {
		p.enabled == 0
	}
	unread := {sprintf("the key %s could not be read: %s", [k.id, k.unread]) |
		some k in input.bridge.keys
		k.gateway == g.id
		k.unread != ""
	}
	count(unread) > 0
}

# With several plans, the one that has the key of the secret is the bridge's.
undecided contains {
	"subject": sprintf("gateway:%s", [g.id]),
	"message": sprintf("which of the usage plans %s is the bridge's could not be determined: none has the key of the secret", [_names(_plans(g))]),
	"expected": "one usage plan for the stage prod",
	"fix": "Remove the stage prod from the usage plans that are not the bridge's, or store the key of one of them with `panther-preflight china link --api-key-id`.",
} if {
	some g in input.bridge.gateways
	count(_plans(g)) > 1
	every k in input.bridge.keys {
		k.in_secret != "yes"
	}
}

_ids := sort([g.id | some g in input.bridge.gateways])

_names(plans) := concat(", ", sort([p.name | some p in plans]))

_plans(g) := [p | some p in g.plans; p.stage == "prod"]
