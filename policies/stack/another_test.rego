package preflight.stack.another_test

import data.preflight.stack.another

_stack(fields) := object.union({"name": "old", "id": "1", "root": "", "in_tree": false, "status": "CREATE_COMPLETE", "tags": [{"key": "PantherVersion", "value": "1.20.3"}]}, fields)

_found(stacks) := f if f := another.finding with input as {"cloudformation": {"stacks": stacks}}

test_root if count(_found([_stack({})])) == 1

test_nested if {
	stacks := [_stack({"tags": []}), _stack({"name": "old-Core", "id": "2", "root": "1"})]
	{f.subject | some f in _found(stacks)} == {"stack:old"}
}

test_own_tree if count(_found([_stack({"in_tree": true})])) == 0

test_unmarked if count(_found([_stack({"tags": []})])) == 0
