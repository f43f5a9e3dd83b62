# METADATA
# scope: package
# title: An exported policy still has the placeholders of its template
# description: |
#   Policies are published as templates in which an administrator fills in the
#   organization, the accounts and the roles: ${ACCELERATOR_PREFIX}, <my-org-id>,
#   [PRIVILEGED_ROLE]. Such a text is not the policy that is attached, so what it
#   denies is not known. What its other statements deny is judged as usual.
# related_resources:
# - ref: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_info-operations.html
# custom:
#   id: PF-SCP-006
#   severity: error
#   remediation: Export the policy that is attached (aws organizations describe-policy), not the template that it is made of.
#   source: "templates of public policy collections: aws-samples/data-perimeter-policy-examples, landing-zone-accelerator-on-aws"
#   partial: [authorization.organization]
package preflight.scp.unfilled

undecided contains {
	"subject": p.name,
	"message": sprintf("%s %s has unfilled placeholders (%s): what it denies is not known", [upper(p.layer), p.name, _some(p.placeholders)]),
	"file": p.name,
	"line": p.line,
	"found": concat(", ", p.placeholders),
	"expected": "the policy as it is attached",
	"fix": "Export the attached policy with aws organizations describe-policy, in place of its template.",
	"evidence": {"policy": p.name, "placeholders": p.placeholders},
} if {
	some p in input.authorization.organization.policies
	count(p.placeholders) > 0
}

_some(all) := concat(", ", all) if count(all) <= 3

_some(all) := sprintf("%s and %d more", [concat(", ", array.slice(all, 0, 3)), count(all) - 3]) if count(all) > 3
