# What an upgrade does to what is deployed.
package preflight.lib

# holds is what a resource of a type keeps, by type.
holds := {t.type: t | some t in data.preflight.data.holdings.types}

# service_and_type is AWS::DynamoDB::Table as people say it: DynamoDB Table.
service_and_type(type) := concat(" ", array.slice(split(type, "::"), 1, 3)) if count(split(type, "::")) == 3

service_and_type(type) := type if count(split(type, "::")) != 3

# replacing are the properties whose change replaces a resource.
replacing(change) := [p | some p in change.properties; p.requires in {"replacement", "replacement in some cases"}]

# reasons says in words which properties replace a resource, three at most.
reasons(change) := sprintf("%s%s", [concat(" and ", array.slice(texts, 0, 3)), _more(texts)]) if {
	texts := [_property_change(p) | some p in replacing(change)]
	count(texts) > 0
}

_property_change(p) := sprintf("%s changes from %s to %s", [p.path, _shown(p.before), _shown(p.after)]) if p.certain

_property_change(p) := sprintf("%s may change (%s)", [p.path, p.why]) if not p.certain

_shown(text) := text if text != ""

_shown("") := "no value"

_more(texts) := sprintf(" and %d more", [count(texts) - 3]) if count(texts) > 3

_more(texts) := "" if count(texts) <= 3

# unseen_deployed is what nobody could look at on the deployed side: it may hold
# anything.
unseen_deployed contains {
	"subject": u.subject,
	"message": sprintf("the deployed template of %s was not read, so what the update deletes or replaces in it is not known: %s", [u.subject, u.reason]),
	"expected": "a deployed template that can be read",
	"found": u.reason,
} if {
	some u in input.changes.unread
}
