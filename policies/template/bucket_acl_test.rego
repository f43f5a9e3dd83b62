package preflight.template.bucket_acl_test

import data.preflight.template.bucket_acl

_with(acl, ownership) := {"release": {"observed": [
	object.union(_setting("AccessControl", "LogDeliveryWrite"), acl),
	object.union(_setting("OwnershipControls.Rules.*.ObjectOwnership", ""), ownership),
]}}

_setting(path, text) := {
	"subject": "Bootstrap#B", "type": "AWS::S3::Bucket", "path": path, "state": "literal", "text": text, "reason": "", "exists": "yes",
	"file": "bootstrap.yml", "line": 1, "column": 1,
}

test_refused if {
	count(bucket_acl.finding) == 1 with input as _with({}, {"state": "absent"})
	count(bucket_acl.finding) == 1 with input as _with({}, {"text": "BucketOwnerEnforced"})
}

test_allowed if {
	count(bucket_acl.finding) == 0 with input as _with({}, {"text": "ObjectWriter"})
	count(bucket_acl.finding) == 0 with input as _with({"text": "Private"}, {"state": "absent"})
	count(bucket_acl.finding) == 0 with input as _with({"state": "absent", "text": ""}, {"state": "absent"})
}

test_undecided if {
	count(bucket_acl.undecided) == 1 with input as _with({"exists": "undecided"}, {"state": "absent"})
	count(bucket_acl.undecided) == 1 with input as _with({}, {"state": "unknown"})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(bucket_acl.undecided) == 1 with input as {"run": {"time": "", "phase": "install"}, "release": {"children": [child]}}
}
