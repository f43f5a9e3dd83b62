# What stands in the account, and what of it the target stack owns.
package preflight.lib

account := data.preflight.data.account

publication := account.publication

# target_stack is the stack that is deployed onto; undefined when there is none.
target_stack := s if {
	some s in input.cloudformation.stacks
	s.target
}

# owns is true of what a stack of the target's own tree made.
owns(kind, existing) if {
	some r in _owned[kind]
	r.physical_id == existing.name
}

owns(kind, existing) if {
	some r in _owned[kind]
	existing.arn != ""
	r.physical_id == existing.arn
}

owns(kind, existing) if {
	some r in _owned[kind]
	endswith(r.physical_id, sprintf("/%s", [existing.name]))
}

_owned[r.type] contains r if {
	some r in input.cloudformation.resources
	r.status != "DELETE_COMPLETE"
}

# fits is true when a name is of the form of a glob.
fits(pattern, name) if glob.match(pattern, null, name)

# root_of is the stack that a nested one belongs to, itself for a root.
root_of(stack) := stack.root if stack.root != ""

root_of(stack) := stack.id if stack.root == ""
