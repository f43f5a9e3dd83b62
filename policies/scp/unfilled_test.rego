package preflight.scp.unfilled_test

import data.preflight.scp.unfilled

_undecided(placeholders) := all if {
	policies := [{"name": "0-root/lza.json", "layer": "scp", "level": 0, "placeholders": placeholders, "line": 4}, {"name": "0-root/full.json", "layer": "scp", "level": 0, "placeholders": [], "line": 0}]
	all := unfilled.undecided with input as {"authorization": {"organization": {"policies": policies}}}
}

test_one_a_policy if {
	all := _undecided(["${ACCELERATOR_PREFIX}", "<my-org-id>"])
	count(all) == 1
	some u in all
	u.subject == "0-root/lza.json"
	u.message == "SCP 0-root/lza.json has unfilled placeholders (${ACCELERATOR_PREFIX}, <my-org-id>): what it denies is not known"
	u.line == 4
}

test_many_are_not_listed_in_the_message if {
	some u in _undecided(["a", "b", "c", "d", "e"])
	contains(u.message, "(a, b, c and 2 more)")
	u.found == "a, b, c, d, e"
}

test_filled_in if _undecided([]) == set()
