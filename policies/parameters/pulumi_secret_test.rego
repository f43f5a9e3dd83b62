package preflight.parameters.pulumi_secret_test

import data.preflight.parameters.pulumi_secret

_with(arn, state, offline) := {
	"run": {"partition": "aws", "region": "us-east-1", "offline": offline}, "declarations": [],
	"parameters": [{"name": "PulumiSecretArn", "known": true, "value": arn, "file": "", "line": 0, "column": 0}],
	"secrets": [{"arn": arn, "kind": "secret", "state": state}],
}

_good := "arn:aws:secretsmanager:us-east-1:246537256134:secret:pulumi-abc"

_count(i) := n if n := count(pulumi_secret.finding) with input as i

test_malformed if {
	_count(_with("pulumi-secret", "present", true)) == 1
	_count(_with("arn:aws:kms:us-east-1:246537256134:key/1", "present", true)) == 1
}

test_elsewhere if {
	_count(_with("arn:aws:secretsmanager:eu-west-1:246537256134:secret:x", "present", true)) == 1
	_count(_with("arn:aws-cn:secretsmanager:us-east-1:246537256134:secret:x", "present", true)) == 1
}

test_state if {
	_count(_with(_good, "missing", false)) == 1
	_count(_with(_good, "present", false)) == 0
}

test_offline if {
	count(pulumi_secret.skipped) == 1 with input as _with(_good, "present", true)
	count(pulumi_secret.skipped) == 0 with input as _with("x", "present", true)
	count(pulumi_secret.skipped) == 1 with input as {"run": {"offline": false}, "parameters": []}
}
