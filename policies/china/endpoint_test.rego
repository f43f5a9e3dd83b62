package preflight.china.endpoint_test

import data.preflight.china.endpoint

_with(l) := {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"literals": [object.union(_base, l)]}}

_base := {
	"subject": "Core#F", "kind": "host", "text": "sqs.amazonaws.com", "partition": "aws", "service": "sqs", "region": "",
	"path": "Resources.F.Properties.Url", "slot": "Url", "row": "", "scheme": false, "principal": false, "asset": false,
	"exists": "yes", "file": "core.yml", "line": 1, "column": 1,
}

test_hosts if {
	hosts := [
		{"scheme": true},
		{"region": "us-east-1", "text": "sqs.us-east-1.amazonaws.com"},
		{"text": "api.execute-api.*.amazonaws.com"},
		{"text": "bucket.s3.amazonaws.com", "service": "s3"},
		{"kind": "console", "text": "console.aws.amazon.com"},
	]
	every l in hosts {
		some f in endpoint.finding with input as _with(l)
		f.owner == "transform"
	}
}

# What the transform leaves, it is not asked to write again.
test_hosts_without_a_counterpart if {
	some f in endpoint.finding with input as _with({"scheme": true, "text": "email.cn-north-1.amazonaws.com", "china_host": "", "instead": "Send mail by other means."})
	f.owner == "vendor"
	f.fix == "Send mail by other means."
}

test_hosts_of_every_partition if {
	count(endpoint.finding) == 0 with input as _with({"scheme": true, "text": "awscli.amazonaws.com", "public": true})
}

test_name_of_a_service if {
	count(endpoint.finding) == 0 with input as _with({})
	count(endpoint.finding) == 0 with input as _with({"kind": "principal", "principal": true})
}

test_principal_with_the_china_suffix if {
	every partition in ["aws-cn", "*"] {
		some f in endpoint.finding with input as _with({"kind": "principal", "partition": partition, "principal": true, "text": "sqs.amazonaws.com.cn"})
		f.expected == "sqs.amazonaws.com or sqs.cn-north-1.amazonaws.com"
	}
}

test_data_of_other_regions_and_texts if {
	every l in [{"row": "eu-west-1"}, {"slot": "Description"}, {"asset": true}, {"partition": "aws-cn"}] {
		count(endpoint.finding) == 0 with input as _with(object.union({"scheme": true}, l))
	}
}

test_undecided if {
	count(endpoint.undecided) == 1 with input as _with({"scheme": true, "exists": "undecided"})
}

test_elsewhere if {
	count(endpoint.skipped) == 1 with input as {"run": {"partition": "aws"}}
	count(endpoint.skipped) == 0 with input as _with({})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(endpoint.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"children": [child]}}
}

# What the table calls right is not found, and every other form of it is.
test_every_form_of_every_principal if {
	every row in data.preflight.data.china_principals.rows {
		every form in ["universal", "china", "regional", "regional_china"] {
			count(endpoint.finding) == _wrong(row, form) with input as _with(_as(row, form))
		}
	}
}

_wrong(row, form) := 0 if form in row.accept

_wrong(row, form) := 1 if not form in row.accept

_as(row, form) := {
	"kind": "principal",
	"text": replace(replace(data.preflight.data.china_principals.forms[form], "SERVICE", replace(row.service, "*", "monitoring.rds")), "REGION", "cn-north-1"),
	"partition": {"universal": "aws", "regional": "aws", "china": "aws-cn", "regional_china": "aws-cn"}[form],
	"region": {"universal": "", "china": "", "regional": "cn-north-1", "regional_china": "cn-north-1"}[form],
	"principal": true,
}

test_principal_of_any_region if {
	count(endpoint.finding) == 0 with input as _with({"kind": "principal", "text": "logs.*.amazonaws.com.cn", "region": "*", "partition": "aws-cn"})
}

test_principal_of_another_region if {
	some f in endpoint.finding with input as _with({"kind": "principal", "text": "logs.us-east-1.amazonaws.com", "region": "us-east-1"})
	f.expected == "logs.amazonaws.com or logs.amazonaws.com.cn or logs.cn-north-1.amazonaws.com.cn"
}

# A role of EKS nodes takes the suffix of China only.
test_principal_of_what_the_role_is_for if {
	node := {"kind": "principal", "principal": true, "text": "ec2.amazonaws.com", "used_as": "AWS::EKS::Nodegroup NodeRole"}
	some f in endpoint.finding with input as _with(node)
	f.expected == "ec2.amazonaws.com.cn"
	right := object.union(node, {"text": "ec2.amazonaws.com.cn", "partition": "aws-cn"})
	count(endpoint.finding) == 0 with input as _with(right)
	elsewhere := object.union(node, {"used_as": ""})
	count(endpoint.finding) == 0 with input as _with(elsewhere)
}

# A condition may list a form that AWS China never uses beside one that it does.
test_condition_with_both_forms if {
	condition := object.union(_base, {"kind": "principal", "slot": "iam:PassedToService", "path": "P", "service": "logs"})
	wrong := object.union(condition, {"text": "logs.cn-north-1.amazonaws.com", "region": "cn-north-1"})
	right := object.union(condition, {"text": "logs.cn-north-1.amazonaws.com.cn", "region": "cn-north-1", "partition": "aws-cn"})
	run := {"region": "cn-north-1", "partition": "aws-cn"}
	count(endpoint.finding) == 1 with input as {"run": run, "release": {"literals": [wrong]}}
	count(endpoint.finding) == 0 with input as {"run": run, "release": {"literals": [wrong, right]}}
	count(endpoint.finding) == 1 with input as {"run": run, "release": {"literals": [wrong, object.union(right, {"path": "Q"})]}}
}

test_row_of_another_partition if {
	every row, n in {"aws": 0, "aws-us-gov": 0, "aws-cn": 1, "us-east-1": 0, "production": 1} {
		count(endpoint.finding) == n with input as _with({"scheme": true, "row": row})
	}
}
