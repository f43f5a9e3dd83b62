# METADATA
# description: the templates of the release, and where their records stand
package preflight.lib

# at is the beginning of a finding about a record of the release.
at(record) := {
	"subject": record.subject,
	"file": record.file,
	"line": record.line,
	"column": record.column,
}

# china is true when the target is in the partition of the China regions.
china if input.run.partition == "aws-cn"

# plain_text is true of a literal in a text for people, which nothing resolves.
plain_text(literal) if literal.slot in data.preflight.data.china.text_slots

plain_text(literal) if contains(literal.path, ".Metadata.")

# other_region is true of a literal in a mapping row that another region or
# partition reads.
other_region(literal) if {
	regex.match(data.preflight.data.china.region_pattern, literal.row)
	literal.row != input.run.region
}

other_region(literal) if {
	regex.match("^aws(-[a-z]+)*$", literal.row)
	literal.row != input.run.partition
}

# A nested template that is missing is one cause of all that it leaves open.
template_cause(child) := {"subject": sprintf("template:%s", [child.subject]), "fix": {"kind": "template", "target": child.subject}}

# unseen is what no check of resources could look at: the nested templates that
# were not read, and what macros and loops add. It may hold anything, so a check
# that finds nothing elsewhere has not passed.
unseen contains object.union(at(child), {
	"message": sprintf("the template of %s was not read, so what is in it is not known", [child.subject]),
	"expected": "a template that can be read",
	"found": child.state,
	"fix": "Give a release that holds this template, so that it is read with the others.",
	"cause": template_cause(child),
}) if {
	some child in input.release.children
	not child.state in {"loaded", "application"}
	child.exists != "no"
}

unseen contains gap if some gap in unexpanded

unseen contains object.union(at(fault), {
	"message": fault.detail,
	"expected": "a release of the size of a real one",
	"found": fault.kind,
	"cause": {"subject": sprintf("template:%s", [fault.subject])},
}) if {
	some fault in input.release.faults
	fault.kind == "too_large"
}

# unexpanded are the macros and loops whose result is not known.
unexpanded contains {
	"subject": template.subject,
	"file": template.file,
	"line": 1,
	"column": 1,
	"message": sprintf("what %s adds to the template is not known", [what]),
	"expected": "a template without macros",
	"found": what,
	"fix": "Write out in the template what it adds.",
	"cause": {"subject": sprintf("template:%s#%s", [template.file, what]), "fix": {"kind": "template", "target": template.file}},
} if {
	some template in input.release.templates
	some what in template.unexpanded
}

# applications are what the Serverless Application Repository does not show.
applications contains sprintf("the application %s (%s) of the Serverless Application Repository was not read", [a.application, a.subject]) if {
	some a in input.release.applications
	a.exists != "no"
}

# number writes a whole number as people do: 1,048,576.
number(n) := strings.reverse(concat(",", regex.find_n(`[0-9]{1,3}`, strings.reverse(format_int(n, 10)), -1)))
