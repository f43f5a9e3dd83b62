# Parameters by name.
package preflight.lib

parameters := {p.name: p | some p in input.parameters}

declarations := {d.name: d | some d in input.declarations}

# value of a parameter; undefined when it is not known or must not be shown.
value(name) := parameters[name].value if parameters[name].known

# is_set is true when a parameter is known and not empty.
is_set(name) if value(name) != ""

# is_blank is true when a parameter is known to be empty, or has no value.
is_blank(name) if parameters[name].empty

is_blank(name) if parameters[name].origin == "none"

# stands is where a parameter is given, else where it is declared.
stands(name) := {"file": p.file, "line": p.line, "column": p.column} if {
	p := parameters[name]
	p.file != ""
} else := {"file": d.file, "line": d.line, "column": d.column} if {
	d := declarations[name]
} else := {"file": "", "line": 0, "column": 0}

# about is the beginning of a finding about a parameter.
about(name) := object.union({"subject": sprintf("parameter:%s", [name])}, stands(name))

# about_given is the same for checks that need no template.
about_given(p) := {"subject": sprintf("parameter:%s", [p.name]), "file": p.file, "line": p.line, "column": p.column}
