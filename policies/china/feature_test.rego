package preflight.china.feature_test

import data.preflight.china.feature

_with(s) := {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"observed": [object.union(_base, s)]}}

_base := {
	"subject": "Core#F", "type": "AWS::Lambda::Function", "path": "TracingConfig.Mode", "state": "literal", "text": "",
	"reason": "", "parameter": false, "exists": "yes", "file": "core.yml", "line": 1, "column": 1,
}

test_literal_is_the_transforms if {
	some f in feature.finding with input as _with({"text": "Active"})
	f.owner == "transform"
	f.found == "Active"
}

test_parameter_is_yours if {
	some f in feature.finding with input as _with({"text": "Active", "parameter": true})
	f.owner == "you"
}

test_present if {
	some f in feature.finding with input as _with({"type": "AWS::S3::Bucket", "path": "AccelerateConfiguration", "state": "present"})
	f.found == "present"
	some g in feature.finding with input as _with({"path": "CodeSigningConfigArn", "state": "unknown", "reason": "known once it exists"})
	g.found == "unknown"
	count(feature.undecided) == 0 with input as _with({"path": "CodeSigningConfigArn", "state": "unknown", "reason": "known once it exists"})
}

test_absent if {
	some f in feature.finding with input as _with({"type": "AWS::ApiGateway::RestApi", "path": "EndpointConfiguration.Types.*", "state": "absent"})
	f.found == "absent"
}

test_undecided if {
	count(feature.undecided) == 1 with input as _with({"text": "Active", "exists": "undecided"})
	count(feature.undecided) == 1 with input as _with({"state": "unknown", "reason": "no value"})
	count(feature.undecided) == 0 with input as _with({"type": "AWS::EC2::Subnet", "path": "AvailabilityZone", "state": "unknown"})
}

test_zone_of_another_partition if {
	every zone in ["us-east-1a", "ca-central-1b", "eu-west-1c"] {
		count(feature.finding) == 1 with input as _with({"type": "AWS::EC2::Subnet", "path": "AvailabilityZone", "text": zone})
	}
	count(feature.finding) == 0 with input as _with({"type": "AWS::EC2::Subnet", "path": "AvailabilityZone", "text": "cn-north-1a"})
}

test_when_another_property_says_so if {
	endpoint := object.union(_base, {"type": "AWS::EC2::VPCEndpoint", "path": "ServiceName", "text": "com.amazonaws.cn-north-1.sqs"})
	kind := object.union(_base, {"type": "AWS::EC2::VPCEndpoint", "path": "VpcEndpointType"})
	run := {"region": "cn-north-1", "partition": "aws-cn"}
	every text, n in {"Interface": 1, "Gateway": 0} {
		settings := [endpoint, object.union(kind, {"text": text})]
		count(feature.finding) == n with input as {"run": run, "release": {"observed": settings}}
	}
}

test_fine if {
	count(feature.finding | feature.undecided) == 0 with input as _with({"state": "absent"})
	count(feature.finding | feature.undecided) == 0 with input as _with({"text": "Active", "exists": "no"})
}

test_elsewhere if {
	count(feature.skipped) == 1 with input as {"run": {"partition": "aws"}}
	count(feature.skipped) == 0 with input as _with({})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(feature.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"children": [child]}}
}
