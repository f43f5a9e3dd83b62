package preflight.china.bucket_test

import data.preflight.china.bucket

_with(bucket, state) := {
	"run": {"partition": "aws-cn", "region": "cn-north-1"},
	"buckets": [object.union({"name": "mine", "state": "present", "region": "cn-north-1", "owned": true}, bucket)],
	"bucket_access": [{"bucket": "mine", "write": object.get(bucket, "write", "yes"), "why": "its policy denies it in statement 1"}],
	"objects": [{"bucket": "mine", "key": "v1/panther.yml", "state": state}],
}

_found(i) := m if {
	findings := bucket.finding with input as i
	m := [f.found | some f in findings]
}

test_bucket if {
	_found(_with({}, "present")) == []
	_found(_with({"state": "missing"}, "present")) == ["does not exist"]
	_found(_with({"state": "elsewhere", "region": "cn-northwest-1"}, "present")) == ["is in cn-northwest-1"]
	_found(_with({"write": "no"}, "present")) == ["cannot be written: its policy denies it in statement 1"]
}

test_release if _found(_with({}, "missing")) == ["1 missing"]

test_skipped if {
	count(bucket.skipped) == 1 with input as {"run": {"partition": "aws"}, "objects": []}
	count(bucket.skipped) == 1 with input as {"run": {"partition": "aws-cn"}, "objects": []}
}

test_whether_it_can_be_written if {
	count(bucket.undecided) == 1 with input as _with({"write": "unknown"}, "present")
	count(bucket.undecided) == 1 with input as object.union(_with({}, "present"), {"bucket_access": []})
	count(bucket.undecided) == 0 with input as _with({"write": "no"}, "present")
	count(bucket.undecided) == 0 with input as _with({}, "present")
}
