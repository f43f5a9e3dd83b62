package preflight.template.service_limit_test

import data.preflight.template.service_limit

_release(r) := {"parameters": [], "release": object.union({"sizes": [], "violations": [], "resources": [], "arguments": []}, r)}

_size(s) := _release({"sizes": [object.union(
	{"subject": "Core#R", "type": "AWS::IAM::Role", "path": "Policies.*.PolicyDocument", "characters": 0, "json": 0, "parts": 1, "exists": "yes", "file": "core.yml", "line": 1, "column": 1},
	s,
)]})

_name(type, kind, name) := _release({"resources": [{
	"subject": "Core#R", "type": type, "name_kind": kind, "name": name, "name_length": count(replace(name, "*", "")),
	"name_from_stack": false, "exists": "yes", "file": "core.yml", "line": 1, "column": 1,
}]})

_violation(v) := _release({"violations": [object.union(
	{
		"subject": "Core#R", "type": "AWS::IAM::Role", "path": "RoleName", "keyword": "pattern", "name": "", "bound": "", "value": "a b",
		"named": true, "parameter": false, "unknown": "", "exists": "yes", "file": "core.yml", "line": 1, "column": 1,
	},
	v,
)]})

test_sizes if {
	some f in service_limit.finding with input as _size({"characters": 10241})
	f.message == "Policies.*.PolicyDocument of AWS::IAM::Role has at least 10,241 characters of inline policies; the limit is 10,240"
	count(service_limit.finding) == 0 with input as _size({"characters": 10240, "json": 20000})
	count(service_limit.finding) == 1 with input as _size({"type": "AWS::Lambda::Function", "path": "Environment.Variables", "json": 4097})
	count(service_limit.finding) == 1 with input as _size({"type": "AWS::Lambda::Function", "path": "Layers.*", "parts": 6})
	count(service_limit.undecided) == 1 with input as _size({"characters": 10241, "exists": "undecided"})
	count(service_limit.finding) == 0 with input as _size({"characters": 10241, "exists": "undecided"})
}

test_names if {
	wrong := [
		["AWS::S3::Bucket", "literal", "Upper"], ["AWS::S3::Bucket", "literal", "ab"], ["AWS::S3::Bucket", "literal", "a..bc"],
		["AWS::S3::Bucket", "pattern", "Panther-*"], ["AWS::SQS::Queue", "literal", "a.b"], ["AWS::SNS::Topic", "literal", "a b"],
		["AWS::ElasticLoadBalancingV2::LoadBalancer", "literal", "a-name-that-is-longer-than-32-chars"],
		["AWS::EC2::SecurityGroup", "literal", "sg-mine"],
	]
	every w in wrong {
		count(service_limit.finding) == 1 with input as _name(w[0], w[1], w[2])
	}
	right := [
		["AWS::S3::Bucket", "literal", "panther.logs"], ["AWS::S3::Bucket", "pattern", "panther-*"], ["AWS::SQS::Queue", "literal", "a.fifo"],
		["AWS::S3::Bucket", "generated", "Panther-*"], ["AWS::SQS::Queue", "literal", ""], ["AWS::EC2::SecurityGroup", "literal", "services"],
		["Custom::Thing", "literal", "any thing"], ["AWS::EC2::SecurityGroup", "literal", "sg"],
	]
	every r in right {
		count(service_limit.finding) == 0 with input as _name(r[0], r[1], r[2])
	}
}

test_names_by_the_schema if {
	some f in service_limit.finding with input as _violation({})
	f.message == `the name "a b" of AWS::IAM::Role has characters or a form that its service does not accept`
	f.owner == "vendor"
	some g in service_limit.finding with input as _violation({"keyword": "maxLength", "name": "70", "bound": "64", "parameter": true})
	g.message == `the name "a b" of AWS::IAM::Role has 70 characters; the limit is 64`
	g.owner == "you"
	count(service_limit.finding) == 1 with input as _violation({"keyword": "minLength", "name": "1", "bound": "3"})
	count(service_limit.finding) == 0 with input as _violation({"named": false})
	count(service_limit.finding) == 0 with input as _violation({"unknown": "why"})
}

# What the schema says of a name is said once.
test_a_name_is_one_finding if {
	both := {"release": object.union(_violation({}).release, {"resources": _name("AWS::IAM::Role", "literal", "a b").release.resources}), "parameters": []}
	count(service_limit.finding) == 1 with input as both
}

test_parameter_value if {
	long := concat("", [x | some i in numbers.range(1, 4097); x := sprintf("%d", [i % 2])])
	some f in service_limit.finding with input as {"release": {}, "parameters": [{"name": "P", "known": true, "value": long}]}
	f.message == "the value of parameter P has 4,097 bytes; CloudFormation accepts 4,096"
	count(service_limit.finding) == 0 with input as {"release": {}, "parameters": [{"name": "P", "known": true, "value": "x"}]}
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(service_limit.undecided) == 1 with input as {"release": {"children": [child]}}
}

test_inline_policies_of_several_resources if {
	some f in service_limit.finding with input as _size({"path": "Policies", "characters": 10241, "parts": 2})
	contains(f.message, "10,241 characters of inline policies, with those that other resources attach")
	count(service_limit.finding) == 0 with input as _size({"path": "Policies", "characters": 10240, "parts": 2})
	count(service_limit.finding) == 1 with input as _size({"type": "AWS::IAM::User", "path": "Policies", "characters": 2049, "parts": 2})
}

_argument(bytes, exists) := _release({"arguments": [{"subject": "entry#Core", "name": "Names", "bytes": bytes, "exists": exists, "file": "root.yml", "line": 1, "column": 1}]})

test_an_argument_of_a_nested_stack if {
	some f in service_limit.finding with input as _argument(4097, "yes")
	f.message == "the nested stack is given 4,097 bytes as Names; CloudFormation accepts 4,096"
	count(service_limit.finding | service_limit.undecided) == 0 with input as _argument(4096, "yes")
	count(service_limit.undecided) == 1 with input as _argument(4097, "undecided")
}
