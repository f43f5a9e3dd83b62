# METADATA
# scope: package
# title: FirstUserEmail differs from the first deployment
# description: |
#   The first user is invited once. After the first deployment the parameter is
#   ignored, so that a new value invites nobody.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
# custom:
#   id: PF-PRM-005
#   severity: warning
#   remediation: "Keep the value, and invite the other person in the web app."
#   source: "self-hosted guide, Configure deployment parameters: updates to this value are ignored after the first successful deploy"
package preflight.parameters.first_user_changed

import data.preflight.lib

skipped contains "the first deployment: the value is used" if input.run.phase != "upgrade"

finding contains object.union(lib.about("FirstUserEmail"), {
	"message": "FirstUserEmail differs from the deployed value, and a change is ignored",
	"found": now,
	"expected": before.value,
}) if {
	now := lib.value("FirstUserEmail")
	some before in lib.target_stack.parameters
	before.name == "FirstUserEmail"
	not before.hidden
	before.value != now
}
