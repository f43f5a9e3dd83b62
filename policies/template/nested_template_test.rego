package preflight.template.nested_template_test

import data.preflight.template.nested_template

_child(state, exists) := {"release": {"templates": [], "faults": [], "children": [{
	"subject": "entry#Web", "url": "web.yml", "state": state, "detail": "why", "exists": exists,
	"file": "root.yml", "line": 1, "column": 1,
}]}}

_template(t) := {"release": {"children": [], "faults": [], "templates": [object.union(
	{"file": "core.yml", "subject": "entry#Core", "bytes": 1, "description": 1, "resources": 1, "parameters": 1, "mappings": 1, "outputs": 1, "unexpanded": []},
	t,
)]}}

test_broken if {
	every state in ["missing", "unreadable", "cycle", "too_deep", "too_many"] {
		count(nested_template.finding) == 1 with input as _child(state, "yes")
		count(nested_template.undecided) == 1 with input as _child(state, "undecided")
		count(nested_template.finding | nested_template.undecided) == 0 with input as _child(state, "no")
	}
}

test_not_looked_at if {
	every state in ["not_read", "unknown"] {
		count(nested_template.undecided) == 1 with input as _child(state, "yes")
		count(nested_template.finding) == 0 with input as _child(state, "yes")
	}
	count(nested_template.undecided) == 0 with input as _child("application", "yes")
}

_spelt(form, published) := {"release": {"templates": [], "faults": [], "published": published, "children": [{
	"subject": "entry#Web", "url": "x", "form": form, "state": "loaded", "detail": "", "exists": "yes", "file": "root.yml", "line": 1, "column": 1,
}]}}

test_urls if {
	every form, why in {
		"path": "a path was never packaged", "s3": "CloudFormation does not accept s3://",
		"http": "CloudFormation does not accept http://", "other_host": "CloudFormation accepts hosts of S3 only",
	} {
		some f in nested_template.finding with input as _spelt(form, true)
		f.message == sprintf("TemplateURL x is not the https URL of an object in S3: %s", [why])
		count(nested_template.finding) == 0 with input as _spelt(form, false)
	}
	every form in ["s3_https", "unknown"] {
		count(nested_template.finding) == 0 with input as _spelt(form, true)
	}
}

test_the_numbers_of_a_limit if {
	some f in nested_template.finding with input as _template({"bytes": 1200000})
	f.message == "the template has 1,200,000 bytes of template body, and CloudFormation accepts 1,048,576"
	f.expected == "at most 1,048,576"
}

test_limits if {
	over := [{"bytes": 1048577}, {"resources": 501}, {"parameters": 201}, {"mappings": 201}, {"outputs": 201}, {"description": 1025}]
	every t in over {
		count(nested_template.finding) == 1 with input as _template(t)
	}
	count(nested_template.finding) == 0 with input as _template({"bytes": 1048576, "resources": 500})
}

test_no_resource if {
	count(nested_template.finding) == 1 with input as _template({"resources": 0})
	count(nested_template.finding) == 0 with input as _template({"resources": 0, "unexpanded": ["macro Mine"]})
}

test_macros if {
	count(nested_template.undecided) == 1 with input as _template({"unexpanded": ["macro Mine"]})
}

test_faults if {
	fault := {"subject": "Core", "kind": "too_deep", "detail": "references lead to references", "file": "core.yml", "line": 1, "column": 1}
	count(nested_template.finding) == 1 with input as {"release": {"templates": [], "children": [], "faults": [fault]}}
	circle := object.union(fault, {"kind": "cycle"})
	count(nested_template.finding) == 0 with input as {"release": {"templates": [], "children": [], "faults": [circle]}}
}
