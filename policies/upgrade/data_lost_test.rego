package preflight.upgrade.data_lost_test

import data.preflight.upgrade.data_lost

_change(fields) := object.union(
	{
		"subject": "Core#Table", "stack": "Core", "logical_id": "Table", "type": "AWS::DynamoDB::Table", "action": "replaced", "certain": true, "why": "",
		"fate": "deleted", "fate_certain": true, "old_name": "panther-data", "moved_to": "", "file": "core.yml", "line": 1, "column": 1,
		"properties": [{"path": "TableName", "before": "a", "after": "b", "certain": true, "requires": "replacement", "why": ""}],
	},
	fields,
)

_with(fields) := {"run": {"phase": "upgrade"}, "changes": {"resources": [_change(fields)]}}

test_lost if {
	some f in data_lost.finding with input as _with({})
	f.subject == "Core#Table"
	contains(f.message, "it loses its items")
	contains(f.message, "TableName changes from a to b")
}

test_certain if count(data_lost.undecided) == 0 with input as _with({})

test_kept if {
	every fields in [{"fate": "retained"}, {"fate": "snapshot"}, {"fate": "", "action": "updated"}, {"type": "AWS::IAM::Role"}] {
		count(data_lost.finding) == 0 with input as _with(fields)
		count(data_lost.undecided) == 0 with input as _with(fields)
	}
}

test_deleted if {
	some f in data_lost.finding with input as _with({"action": "deleted", "properties": []})
	contains(f.message, "the new release does not have")
	some g in data_lost.finding with input as _with({"action": "deleted", "properties": [], "moved_to": "Log#Table"})
	contains(g.message, "Log#Table")
}

test_a_bucket_that_is_not_empty if {
	some f in data_lost.finding with input as _with({"type": "AWS::S3::Bucket"})
	contains(f.message, "the deletion fails while it holds objects")
}

test_perhaps if {
	every fields in [{"certain": false, "why": "a condition"}, {"fate_certain": false}, {"fate": "retained", "fate_certain": false}] {
		count(data_lost.finding) == 0 with input as _with(fields)
		count(data_lost.undecided) == 1 with input as _with(fields)
	}
}

test_perhaps_deleted if {
	some u in data_lost.undecided with input as _with({"action": "deleted", "certain": false, "why": "a condition"})
	contains(u.message, "may be deleted with its items")
}

test_unnamed if {
	some f in data_lost.finding with input as _with({"old_name": ""})
	contains(f.message, "DynamoDB Table Table")
}

test_reasons if {
	p := {"path": "A", "before": "", "after": "b", "certain": true, "requires": "replacement", "why": ""}
	some f in data_lost.finding with input as _with({"properties": [p, object.union(p, {"path": "B"}), object.union(p, {"path": "C", "certain": false, "why": "so"}), p, object.union(p, {"path": "D"})]})
	contains(f.message, "A changes from no value to b and B changes from no value to b and C may change (so)")
}

test_nested_templates if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(data_lost.undecided) == 1 with input as {"run": {"phase": "upgrade"}, "release": {"children": [child]}}
}

test_what_was_not_read if {
	count(data_lost.undecided) == 1 with input as {"run": {"phase": "upgrade"}, "changes": {"resources": [], "unread": [{"subject": "entry#Core", "reason": "missing"}]}}
}

test_install if count(data_lost.skipped) == 1 with input as {"run": {"phase": "install"}}
