# Who may assume the deployment role, from its trust policy.
package preflight.lib

# trust_statements are the statements about assuming the role.
trust_statements := [s |
	some s in as_list(json.unmarshal(input.role.trust).Statement)
	some action in as_list(s.Action)
	glob.match(lower(action), null, "sts:assumerole")
]

# as_list takes one thing for a list of it.
as_list(x) := x if is_array(x)

as_list(x) := [x] if not is_array(x)

# principals of a statement, as pairs of kind and name.
principals(s) := {["AWS", "*"]} if s.Principal == "*"

principals(s) := {[kind, name] | some kind, names in s.Principal; some name in as_list(names)} if is_object(s.Principal)

# narrowing are the condition keys of a statement that narrow who may assume:
# every request of the SDKs is encrypted, so that this key narrows nothing.
narrowing(s) := {lower(key) | some keys in object.get(s, "Condition", {}); some key, _ in keys; lower(key) != "aws:securetransport"}

# account_of is the account that a trusted name stands for; undefined for one
# that stands for a single role or user.
account_of(name) := name if regex.match(`^[0-9]{12}$`, name)

account_of(name) := split(name, ":")[4] if endswith(name, ":root")
