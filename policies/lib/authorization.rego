package preflight.lib

# What a denial of an organization or of the deployer's own policies says: one
# root cause, with every resource that it hits.
about_denial(d) := {
	"subject": denial_subject(d),
	"file": d.resources[0].file,
	"line": d.resources[0].line,
	"column": d.resources[0].column,
	"found": denial_place(d),
	"cause": denial_cause(d),
	"evidence": {
		"action": d.action,
		"layer": d.layer,
		"level": d.level,
		"policy": d.policy,
		"statement": d.statement,
		"policy_line": d.line,
		"operator": d.operator,
		"key": d.key,
		"actual": d.actual,
		"listed": d.listed,
		"depends_on": d.keys,
		"also_denied_by": d.remains,
		"resources": d.resources,
	},
}

denial_subject(d) := sprintf("%s#%s:%s", [d.policy, d.statement, d.action]) if not d.implicit

denial_subject(d) := sprintf("%s#no-allow:%s", [layer_name(d), d.action]) if d.implicit

denial_place(d) := statement_name(d) if not d.implicit

denial_place(d) := sprintf("no Allow in %s", [layer_name(d)]) if d.implicit

layer_name(d) := sprintf("level-%d", [d.level]) if d.level >= 0

layer_name(d) := deployer_name if {
	d.level < 0
	d.layer == "identity"
}

layer_name(d) := "permissions-boundary" if {
	d.level < 0
	d.layer != "identity"
}

# The deployer without account and path.
deployer_name := regex.replace(input.authorization.deployer.principal, `^.*[:/]`, "")

# The resources that some denials hit, each once.
hit_by(denials) := sort([object.remove(r, ["resource_arns"]) | some r in object.union_n([{r.subject: r} | some d in denials; some r in d.resources])])

# Which resources of the release require a denied action, in words.
hits(d) := sprintf("which %s requires", [d.resources[0].subject]) if count(d.resources) == 1

hits(d) := sprintf("which %s and %d more require", [d.resources[0].subject, count(d.resources) - 1]) if count(d.resources) > 1

# A denying statement as people find it: SCP root/net.json (statement
# NoNetworks, line 4). Statements without a Sid are counted from one.
statement_name(d) := sprintf("%s %s (statement %s, line %d)", [_kind(d), d.title, statement_label(d.statement), d.line]) if d.where == ""

statement_name(d) := sprintf("%s %s (statement %s) of %s", [_kind(d), d.title, statement_label(d.statement), d.where]) if d.where != ""

_kind(d) := upper(d.layer) if d.level >= 0

_kind(d) := "policy" if {
	d.level < 0
	d.layer == "identity"
}

_kind(d) := "permissions boundary" if {
	d.level < 0
	d.layer != "identity"
}

statement_label(statement) := sprintf("%d", [to_number(statement) + 1]) if regex.match(`^[0-9]+$`, statement)

statement_label(statement) := statement if not regex.match(`^[0-9]+$`, statement)

# Why a statement denies: the condition key with its value in the request and
# those of the statement; nothing where no condition decides.
why_denied(d) := "" if count(d.actual) == 0

why_denied(d) := sprintf(": %s is %s, but must %s %s", [d.key, shortened(d.actual), _compared(d.listed), shortened(d.listed)]) if {
	count(d.actual) > 0
	d.negated
}

_compared(values) := "be" if not _patterned(values)

_compared(values) := "match" if _patterned(values)

why_denied(d) := sprintf(": %s is %s", [d.key, shortened(d.actual)]) if {
	count(d.actual) > 0
	not d.negated
}

# shortened names a few values and counts the rest.
shortened(values) := concat(" or ", values) if count(values) <= 6

shortened(values) := sprintf("%s or one of %d more", [concat(", ", array.slice(values, 0, 5)), count(values) - 5]) if count(values) > 6

# The cause of a denial: its statement, whatever the actions; without one, the
# level or the role that allows too little.
denial_cause(d) := {
	"subject": sprintf("%s#%s", [d.policy, d.statement]),
	"message": sprintf("%s denies {actions}%s", [statement_name(d), why_denied(d)]),
	"key": d.key,
	"fix": {
		"kind": "statement",
		"target": d.title,
		"text": _change(d),
		"statement": d.fix,
		"alternatives": _otherwise(d),
	},
} if {
	not d.implicit
}

denial_cause(d) := role_cause(sprintf("%s does not allow {actions}", [layer_name(d)])) if {
	d.implicit
	d.level < 0
	d.layer == "identity"
}

denial_cause(d) := {
	"subject": sprintf("%s#no-allow", [layer_name(d)]),
	"message": "The permissions boundary does not allow {actions}",
	"fix": {"kind": "statement", "target": layer_name(d), "text": "Allow these actions in the permissions boundary.", "statement": d.fix},
} if {
	d.implicit
	d.level < 0
	d.layer != "identity"
}

denial_cause(d) := level_cause(d.level, d.where, sprintf("No SCP of %s allows {actions}", [d.where])) if {
	d.implicit
	d.level >= 0
}

# What a level of the organization does not allow has one cause.
level_cause(level, where, message) := {
	"subject": sprintf("level-%d#no-allow", [level]),
	"message": message,
	"fix": {
		"kind": "statement",
		"target": where,
		"text": sprintf("Attach the policy FullAWSAccess to %s.", [where]),
		"alternatives": ["Allow the services of these actions in an SCP that is attached there."],
	},
}

# What the deployment role does not allow has one cause, across checks.
role_cause(message) := {
	"subject": sprintf("role:%s", [deployer_name]),
	"message": message,
	"fix": {
		"kind": "statement",
		"target": deployer_name,
		"text": sprintf("Update %s with the deployment role template of the release.", [deployer_name]),
		"alternatives": ["Allow these actions in one of its policies."],
	},
}

_change(d) := sprintf("%s%s", [d.advice, _runtime(d)]) if d.advice != ""

_change(d) := _edit(d) if d.advice == ""

_edit(d) := sprintf("In %s: %s.%s%s", [statement_name(d), d.change, _managed(d), _runtime(d)]) if d.change != ""

_edit(d) := denial_fix(d) if d.change == ""

# A policy that a service manages is changed there: it undoes an edit.
_managed(d) := sprintf(" %s manages this policy: change the control there, since an edit is undone.", [d.managed_by]) if d.managed_by != ""

_managed(d) := "" if d.managed_by == ""

_otherwise(d) := array.concat(array.concat(_elsewhere(d), _edited(d)), [sprintf("In the statement: %s.", [o]) | some o in d.otherwise])

_edited(d) := [_edit(d)] if {
	d.advice != ""
	d.change != ""
}

_edited(d) := [] if d.advice == ""

_edited(d) := [] if d.change == ""

# Roles that the statement denies something to when the release runs: the change
# above does not help them.
_runtime(d) := sprintf(" When the release runs, the statement denies calls of %s, too: exempt %s as well.", [_roles(d), _them(d)]) if count(d.runtime_roles) > 0

_runtime(d) := "" if not _denies_runtime(d)

_denies_runtime(d) if count(d.runtime_roles) > 0

_them(d) := "this role" if count(d.runtime_roles) == 1

_them(d) := "these roles" if count(d.runtime_roles) > 1

_roles(d) := d.runtime_roles[0].subject if count(d.runtime_roles) == 1

_roles(d) := sprintf("%s roles (%s)", [grouped(count(d.runtime_roles)), _named([r.subject | some r in d.runtime_roles])]) if count(d.runtime_roles) > 1

_named(names) := concat(", ", names) if count(names) <= 5

_named(names) := sprintf("%s and %d more", [concat(", ", array.slice(names, 0, 4)), count(names) - 4]) if count(names) > 5

_elsewhere(d) := [_deploy_in(d)] if count(d.elsewhere) > 0

_elsewhere(d) := [] if not _has_elsewhere(d)

_has_elsewhere(d) if count(d.elsewhere) > 0

_deploy_in(d) := sprintf("Deploy in %s.", [shortened(d.elsewhere)]) if not _patterned(d.elsewhere)

_deploy_in(d) := sprintf("Deploy in a region that matches %s.", [shortened(d.elsewhere)]) if _patterned(d.elsewhere)

_patterned(values) if {
	some value in values
	contains(value, "*")
}

# Whether a denial is one of tagging: the action tags, or the statement asks
# for tags.
about_tags(d) if d.tagging

about_tags(d) if startswith(lower(d.key), "aws:requesttag/")

about_tags(d) if lower(d.key) == "aws:tagkeys"

# The change that lets a denied action through: a statement, ready to paste.
denial_fix(d) := d.fix if d.fix != ""

denial_fix(d) := "Narrow the statement, or deploy as a principal that it does not apply to: no single change to it was found." if d.fix == ""

# What to do with the fix, in words.
wanted(d) := sprintf("%s is not denied; the fix goes in the place of the statement", [d.action]) if {
	d.fix != ""
	not d.implicit
}

wanted(d) := sprintf("%s is allowed; the fix is a statement to add", [d.action]) if {
	d.fix != ""
	d.implicit
}

wanted(d) := sprintf("%s is not denied", [d.action]) if d.fix == ""

# What a denial matters to that nobody can tell yet, for the end of a message.
if_new := "what the stack has already is known with live facts only"

# Says that an undecided cause is open.
may_deny(d) := object.union(denial_cause(d), {"message": sprintf("%s may deny {actions}: that depends on %s", [statement_name(d), turns_on(d)])}) if {
	not d.implicit
}

may_deny(d) := denial_cause(d) if d.implicit

# What denies the same calls besides, for the end of a message.
besides(d) := sprintf("; also denied by %s", [concat(", ", d.remains)]) if count(d.remains) > 0

besides(d) := "" if count(d.remains) == 0

# What an uncertain denial turns on, in words.
turns_on(d) := concat(", ", d.keys) if count(d.keys) > 0

turns_on(d) := d.why if count(d.keys) == 0

# The values with which it passes, in words.
passing(d) := concat("; ", [_value(p) | some p in d.passing]) if count(d.passing) > 0

passing(d) := "" if count(d.passing) == 0

_value(p) := sprintf("%s is absent", [p.key]) if p.absent

_value(p) := sprintf("%s = %s", [p.key, p.value]) if not p.absent
