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

# other_region is true of a literal in a mapping row that another region reads.
other_region(literal) if {
	regex.match(data.preflight.data.china.region_pattern, literal.row)
	literal.row != input.run.region
}
