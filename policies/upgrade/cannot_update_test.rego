package preflight.upgrade.cannot_update_test

import data.preflight.upgrade.cannot_update

_change(fields) := object.union(
	{
		"subject": "Core#New", "stack": "Core", "logical_id": "New", "type": "AWS::IAM::Role", "action": "created", "certain": true, "why": "",
		"file": "core.yml", "line": 1, "column": 1, "properties": [], "conflicts": [],
	},
	fields,
)

_with(fields) := {"run": {"phase": "upgrade"}, "changes": {"resources": [_change(fields)]}}

_conflict(fields) := object.union({"kind": "name", "properties": ["RoleName"], "value": "panther-r", "holder": "Core#Old", "holder_action": "deleted", "certain": true}, fields)

test_taken if {
	some f in cannot_update.finding with input as _with({"conflicts": [_conflict({})]})
	contains(f.message, "Core#New takes the name panther-r, which Core#Old has")
	count(cannot_update.finding) == 0 with input as _with({})
}

_path := [{"path": "Path", "before": "/", "after": "", "certain": true, "requires": "replacement", "why": ""}]

test_kinds if {
	every kind in ["name", "identity", "singleton"] {
		every holder in ["Core#Old", "Core#New"] {
			k := _conflict({"kind": kind, "holder": holder, "value": ""})
			changed := _with({"action": "replaced", "conflicts": [k], "properties": _path})
			count(cannot_update.finding) == 1 with input as changed
		}
	}
}

test_names_that_two_may_have if {
	count(cannot_update.finding) == 0 with input as _with({"type": "AWS::Cognito::UserPool", "conflicts": [_conflict({})]})
	count(cannot_update.finding) == 1 with input as _with({"type": "AWS::EC2::SecurityGroup", "conflicts": [_conflict({"kind": "identity"})]})
}

test_perhaps if {
	count(cannot_update.finding) == 0 with input as _with({"conflicts": [_conflict({"certain": false})]})
	count(cannot_update.undecided) == 1 with input as _with({"conflicts": [_conflict({"certain": false})]})
	some u in cannot_update.undecided with input as _with({"why": "a condition", "conflicts": [_conflict({"certain": false})]})
	contains(u.message, "a condition")
}

test_refused if {
	p := [{"path": "Type", "before": "A", "after": "B", "certain": true, "requires": "updates are not supported", "why": ""}]
	some f in cannot_update.finding with input as _with({"action": "refused", "properties": p})
	contains(f.message, "gives New the type B instead of A")
	q := [{"path": "Count", "before": "1", "after": "2", "certain": true, "requires": "updates are not supported", "why": ""}]
	some g in cannot_update.finding with input as _with({"action": "refused", "properties": q})
	contains(g.message, "changes Count")
	count(cannot_update.undecided) == 1 with input as _with({"action": "refused", "certain": false, "properties": q})
}

test_exports if {
	e := {"subject": "Core#Out", "name": "panther-x", "holder": "Web#Out", "importers": [], "file": "core.yml", "line": 1, "column": 1}
	every kind in ["taken", "removed", "changed"] {
		count(cannot_update.finding) == 1 with input as {"run": {"phase": "upgrade"}, "changes": {"resources": [], "exports": [object.union(e, {"kind": kind, "certain": true})]}}
		count(cannot_update.undecided) == 1 with input as {"run": {"phase": "upgrade"}, "changes": {"resources": [], "exports": [object.union(e, {"kind": kind, "certain": false})]}}
	}
}

test_types_of_other_forms if {
	some f in cannot_update.finding with input as _with({"type": "Custom::Thing", "action": "refused", "properties": [object.union(_path[0], {"requires": "updates are not supported"})]})
	contains(f.message, "Custom::Thing New changes Path")
}

test_importers if {
	e := {"subject": "Core#Out", "name": "panther-x", "kind": "removed", "holder": "", "importers": ["Web#Service"], "certain": true, "file": "core.yml", "line": 1, "column": 1}
	some f in cannot_update.finding with input as {"run": {"phase": "upgrade"}, "changes": {"resources": [], "exports": [e]}}
	contains(f.message, "imports it: Web#Service")
}

test_nested_templates if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(cannot_update.undecided) == 1 with input as {"run": {"phase": "upgrade"}, "release": {"children": [child]}}
}

test_what_was_not_read if {
	count(cannot_update.undecided) == 1 with input as {"run": {"phase": "upgrade"}, "changes": {"resources": [], "unread": [{"subject": "entry#Core", "reason": "missing"}]}}
}

test_install if count(cannot_update.skipped) == 1 with input as {"run": {"phase": "install"}}
