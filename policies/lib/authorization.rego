package preflight.lib

# What a denial of an organization or of the deployer's own policies says: one
# root cause, with every resource that it hits.
about_denial(d) := {
	"subject": denial_subject(d),
	"file": d.resources[0].file,
	"line": d.resources[0].line,
	"column": d.resources[0].column,
	"found": denial_place(d),
	"evidence": {
		"action": d.action,
		"layer": d.layer,
		"level": d.level,
		"policy": d.policy,
		"statement": d.statement,
		"policy_line": d.line,
		"operator": d.operator,
		"key": d.key,
		"depends_on": d.keys,
		"also_denied_by": d.remains,
		"resources": d.resources,
	},
}

denial_subject(d) := sprintf("%s#%s:%s", [d.policy, d.statement, d.action]) if not d.implicit

denial_subject(d) := sprintf("%s#no-allow:%s", [layer_name(d), d.action]) if d.implicit

denial_place(d) := sprintf("%s, statement %s (line %d)", [d.title, d.statement, d.line]) if not d.implicit

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

# How many resources of the release a denial hits, in words.
hits(d) := sprintf("%s needs it", [d.resources[0].subject]) if count(d.resources) == 1

hits(d) := sprintf("%s and %d more need it", [d.resources[0].subject, count(d.resources) - 1]) if count(d.resources) > 1

# The level of an organization's policy, in words.
at_level(d) := sprintf("the %s at level %d", [upper(d.layer), d.level])

# Whether a denial is one of tagging: the action tags, or the statement asks
# for tags.
about_tags(d) if d.tagging

about_tags(d) if startswith(lower(d.key), "aws:requesttag/")

about_tags(d) if lower(d.key) == "aws:tagkeys"

# The change that lets a denied action through: a statement, ready to paste.
denial_fix(d) := d.fix if d.fix != ""

denial_fix(d) := "No change to this statement alone lets the deployer through: narrow it, or deploy as a principal that it leaves out." if d.fix == ""

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
