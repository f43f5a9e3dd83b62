# METADATA
# scope: package
# title: The Pulumi secret or its key is not usable from this account and region
# description: |
#   The vendor gives every customer a secret with an access token and the key
#   that it is encrypted with. A malformed ARN, one of another partition or
#   region, or one of something that is gone stops the build that follows the
#   deployment. The content of the secret is never read.
# related_resources:
# - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
# custom:
#   id: PF-PRM-010
#   severity: error
#   remediation: "Ask the vendor for the ARNs of your region."
#   source: "self-hosted guide, Configure deployment parameters: PulumiSecretArn and PulumiSecretKeyArn"
#   partial: [secrets]
package preflight.parameters.pulumi_secret

import data.preflight.lib

skipped contains "neither secret is set" if count(_set) == 0

skipped contains "whether they can be read needs live facts, which --offline leaves out" if {
	input.run.offline
	count(_set) > 0
	count(_malformed | _elsewhere) == 0
}

finding contains object.union(lib.about(name), {
	"message": sprintf("%s is not the ARN of a %s", [name, _kinds[name].word]),
	"found": lib.value(name),
	"expected": _kinds[name].form,
}) if {
	some name in _malformed
}

finding contains object.union(lib.about(name), {
	"message": sprintf("%s is in %s, and the deployment in %s", [name, concat(" ", _place(name)), concat(" ", _here)]),
	"found": lib.value(name),
	"expected": sprintf("an ARN of %s", [concat(" ", _here)]),
}) if {
	some name in _elsewhere
}

finding contains object.union(lib.about(name), {
	"message": sprintf("what %s names is %s", [name, s.state]),
	"found": s.state,
	"expected": "present",
}) if {
	some name in _set
	some s in input.secrets
	s.arn == lib.value(name)
	s.state != "present"
}

_kinds := {
	"PulumiSecretArn": {"word": "secret", "form": "arn:<partition>:secretsmanager:<region>:<account>:secret:<name>", "pattern": `^arn:aws(-cn|-us-gov)?:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[^\s:]+$`},
	"PulumiSecretKeyArn": {"word": "key", "form": "arn:<partition>:kms:<region>:<account>:key/<id>", "pattern": `^arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/\S+$`},
}

_set := {name | some name in lib.publication.secret_parameters; lib.is_set(name)}

_malformed := {name | some name in _set; not regex.match(_kinds[name].pattern, lib.value(name))}

_elsewhere := {name |
	some name in (_set - _malformed)
	input.run.region != ""
	_place(name) != _here
}

_place(name) := [parts[1], parts[3]] if parts := split(lib.value(name), ":")

_here := [input.run.partition, input.run.region]
