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

test_issuer_of_a_user_pool if {
	issuer := {"type": "AWS::ApiGatewayV2::Authorizer", "path": "JwtConfiguration.Issuer", "state": "pattern"}
	every text, n in {"https://cognito-idp.cn-north-1.amazonaws.com/pool": 1, "https://login.example.com": 0} {
		count(feature.finding) == n with input as _with(object.union(issuer, {"text": text}))
	}
	count(feature.undecided) == 1 with input as _with(object.union(issuer, {"state": "unknown", "reason": "an import"}))
}

test_endpoint_services_differ_by_region if {
	endpoint := object.union(_base, {"type": "AWS::EC2::VPCEndpoint", "path": "ServiceName", "text": "com.amazonaws.cn-northwest-1.polly"})
	kind := object.union(_base, {"type": "AWS::EC2::VPCEndpoint", "path": "VpcEndpointType", "text": "Interface"})
	every region, n in {"cn-northwest-1": 1, "cn-north-1": 0} {
		settings := [endpoint, kind]
		count(feature.finding) == n with input as {"run": {"region": region, "partition": "aws-cn"}, "release": {"observed": settings}}
	}
	unknown := [object.union(endpoint, {"state": "unknown", "text": "", "reason": "an import"}), kind]
	count(feature.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"observed": unknown}}
}

test_property_that_other_regions_have if {
	lacked := {
		"subject": "Core#M", "type": "AWS::Lambda::EventSourceMapping", "path": "LoggingConfig", "keyword": "unknown_property",
		"name": "LoggingConfig", "other_regions": true, "parameter": false, "exists": "yes", "file": "core.yml", "line": 1, "column": 1,
	}
	run := {"region": "cn-north-1", "partition": "aws-cn"}
	some f in feature.finding with input as {"run": run, "release": {"violations": [lacked]}}
	f.message == "AWS::Lambda::EventSourceMapping has no property LoggingConfig in cn-north-1"
	f.owner == "transform"
	left := object.union(lacked, {"type": "AWS::EC2::VPNConnection", "path": "PreSharedKeyStorage"})
	some h in feature.finding with input as {"run": run, "release": {"violations": [left]}}
	h.owner == "vendor"
	h.fix == "Do without the property in the source template."
	by_parameter := object.union(lacked, {"parameter": true})
	some g in feature.finding with input as {"run": run, "release": {"violations": [by_parameter]}}
	g.owner == "you"
	open := object.union(lacked, {"exists": "undecided"})
	count(feature.undecided) == 1 with input as {"run": run, "release": {"violations": [open]}}
	misspelt := object.union(lacked, {"other_regions": false})
	count(feature.finding) == 0 with input as {"run": run, "release": {"violations": [misspelt]}}
}

# Every row that the check judges is found, whatever the transform does about it.
test_every_row_is_found if {
	rows := [rule |
		some rule in data.preflight.data.china_features.rows
		not rule.severity
		not rule.judged_as
		not rule.when
	]
	settings := [object.union(_base, {"type": rule.type, "path": rule.path, "text": text}) | some rule in rows; some text in _telling(rule)]
	found := {f.message | some f in feature.finding with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"observed": settings}}}
	every rule in rows {
		sprintf("%s: %s", [rule.path, rule.message]) in found
	}
}

# One text that a rule is about is enough.
_telling(rule) := array.slice([text | some text in _texts; regex.match(rule.matches, text)], 0, 1) if rule.matches

_telling(rule) := array.slice([text | some text in _texts; contains(text, rule.mentions)], 0, 1) if rule.mentions

_telling(rule) := ["true"] if not _of_text(rule)

_of_text(rule) if rule.matches

_of_text(rule) if rule.mentions

_texts := [
	"AMAZON_COGNITO_USER_POOLS", "COGNITO_USER_POOLS", "Cognito", "authenticate-cognito", "true", "Active", "EDGE", "RELATIONAL_DATABASE",
	"https://cognito-idp.cn-north-1.amazonaws.com/pool", "arn:aws-cn:s3:::b", "CLOUDFRONT", "STRONG", "us-east-1", "us-east-1a",
]
