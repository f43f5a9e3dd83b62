package preflight.target.template_readable_test

import data.preflight.target.template_readable

_with(state) := {"run": {"partition": "aws"}, "objects": [{"url": "https://b/k", "bucket": "b", "key": "k", "state": state, "region": ""}]}

test_states if {
	every state, word in {"forbidden": "403", "missing": "404", "elsewhere": "another region"} {
		some f in template_readable.finding with input as _with(state)
		contains(f.message, word)
	}
}

test_present if {
	count(template_readable.finding) == 0 with input as _with("present")
	count(template_readable.skipped) == 0 with input as _with("present")
}

test_local_copy if {
	i := _with("missing")
	count(template_readable.finding) == 0 with input as object.union(i, {"objects": [object.union(i.objects[0], {"implied": true})]})
}

test_none if count(template_readable.skipped) == 1 with input as {"run": {"partition": "aws"}, "objects": []}

test_china_asks_for_the_entry_only if {
	objects := [{"url": "u", "state": "missing", "bucket": "b", "key": "k", "region": ""}, {"url": "v", "state": "missing", "bucket": "b", "key": "l", "region": ""}]
	count(template_readable.finding) == 1 with input as {"run": {"partition": "aws-cn", "template_url": "u"}, "objects": objects}
}
