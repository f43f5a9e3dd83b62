# METADATA
# scope: package
# title: The root stack has a name that the deployment role may not use
# description: |
#   The name of the root stack begins the name of every resource that
#   CloudFormation names itself. PantherDeploymentRole may only touch resources
#   whose name begins with `panther-`, so another name is denied half-way. Any
#   stack name must also be one that CloudFormation accepts.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html
# custom:
#   id: PF-STK-001
#   severity: error
#   remediation: Name the root stack panther-<something>, for example panther-prod.
#   source: "self-hosted guide, Naming the root stack: be sure to name the root stack something with a panther- prefix"
package preflight.stack.name_prefix

skipped contains "no stack name was given: --stack-name" if input.run.stack_name == ""

finding contains {
	"subject": sprintf("stack:%s", [input.run.stack_name]),
	"message": sprintf("the root stack %q does not begin with %q, which is all that %s may create", [input.run.stack_name, _prefix, input.run.deployment_role]),
	"found": input.run.stack_name,
	"expected": sprintf("%s<name>, or %s", [_prefix, _exact]),
} if {
	input.run.stack_name != ""
	input.run.deployment_role != ""
	not startswith(input.run.stack_name, _prefix)
	input.run.stack_name != _exact
	_accepted
}

finding contains {
	"subject": sprintf("stack:%s", [input.run.stack_name]),
	"message": sprintf("%q is not a stack name that CloudFormation accepts", [input.run.stack_name]),
	"found": input.run.stack_name,
	"expected": "a letter, then letters, digits and hyphens, 128 characters at most",
} if {
	input.run.stack_name != ""
	not _accepted
}

_prefix := "panther-"

# The name that the vendor's own tooling gives the root stack.
_exact := "panther"

_accepted if regex.match(`^[A-Za-z][-A-Za-z0-9]{0,127}$`, input.run.stack_name)
