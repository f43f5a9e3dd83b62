package custom.corp.bucket_kept_test

import data.custom.corp.bucket_kept

_release(exists, retain) := {"release": {"resources": [
	{"subject": "Core#Topic", "type": "AWS::SNS::Topic", "exists": "yes", "retain": false},
	{"subject": "Core#Logs", "type": "AWS::S3::Bucket", "exists": exists, "retain": retain, "file": "core.yml", "line": 7, "column": 3},
]}}

_subjects(set) := {f.subject | some f in set}

test_a_bucket_that_is_lost if {
	_subjects(bucket_kept.finding) == {"Core#Logs"} with input as _release("yes", false)
	count(bucket_kept.undecided) == 0 with input as _release("yes", false)
}

test_a_bucket_that_may_be_lost if {
	count(bucket_kept.finding) == 0 with input as _release("undecided", false)
	_subjects(bucket_kept.undecided) == {"Core#Logs"} with input as _release("undecided", false)
}

test_a_bucket_that_is_kept_or_never_made if {
	count(bucket_kept.finding | bucket_kept.undecided) == 0 with input as _release("yes", true)
	count(bucket_kept.finding | bucket_kept.undecided) == 0 with input as _release("no", false)
}
