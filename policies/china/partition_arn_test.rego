package preflight.china.partition_arn_test

import data.preflight.china.partition_arn

_with(l) := {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"literals": [object.union(_base, l)]}}

_base := {
	"subject": "Core#F", "kind": "arn", "text": "arn:aws:s3:::b", "partition": "aws", "service": "s3", "region": "", "account": "",
	"path": "Resources.F.Properties.Resource", "slot": "Resource", "row": "", "asset": false, "exists": "yes",
	"file": "core.yml", "line": 1, "column": 1,
}

test_rewritable if {
	some f in partition_arn.finding with input as _with({})
	f.owner == "transform"
	f.evidence.rewritable
}

test_rewritable_parts if {
	every account in ["", "*", "aws"] {
		some f in partition_arn.finding with input as _with({"account": account, "region": "*"})
		f.owner == "transform"
	}
}

test_foreign_account_or_region if {
	every l in [{"account": "349240696275"}, {"region": "us-west-2"}] {
		some f in partition_arn.finding with input as _with(l)
		f.owner == "vendor"
		not f.evidence.rewritable
	}
}

test_own_row if {
	count(partition_arn.finding) == 1 with input as _with({"row": "cn-north-1"})
	count(partition_arn.finding) == 1 with input as _with({"row": "Production"})
}

test_undecided if {
	count(partition_arn.undecided) == 1 with input as _with({"exists": "undecided"})
}

test_fine if {
	fine := [
		{"partition": "aws-cn"}, {"row": "us-east-1"}, {"slot": "Description"},
		{"path": "Resources.F.Metadata.Note"}, {"asset": true}, {"kind": "host"},
	]
	every l in fine {
		count(partition_arn.finding) == 0 with input as _with(l)
	}
}

test_elsewhere if {
	count(partition_arn.skipped) == 1 with input as {"run": {"partition": "aws"}}
	count(partition_arn.skipped) == 0 with input as _with({})
}

test_what_was_not_read if {
	child := {"subject": "entry#Web", "state": "missing", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	count(partition_arn.undecided) == 1 with input as {"run": {"region": "cn-north-1", "partition": "aws-cn"}, "release": {"children": [child]}}
}

# The fields of an ARN are those of its service.
test_integration_uri if {
	uri := "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/x/invocations"
	some f in partition_arn.finding with input as _with({"text": uri, "service": "apigateway", "region": "us-east-1", "account": "lambda"})
	f.owner == "transform"
	some g in partition_arn.finding with input as _with({"text": "arn:aws:apigateway:us-east-1:cognito-idp:action/ListUsers", "service": "apigateway", "region": "us-east-1", "account": "cognito-idp"})
	g.owner == "vendor"
	contains(g.message, "Amazon Cognito user pools are not available")
	some h in partition_arn.finding with input as _with({"text": "arn:aws:automate:us-east-1:ec2:recover", "service": "automate", "region": "us-east-1", "account": "ec2"})
	h.owner == "transform"
}

test_what_china_lacks_in_its_own_partition if {
	lacking := [
		{"text": "arn:aws-cn:states:::http:invoke", "service": "states"},
		{"text": "arn:aws-cn:states:::aws-sdk:sesv2:sendEmail", "service": "states"},
		{"text": "arn:aws-cn:scheduler:::aws-sdk:sesv2:sendEmail", "service": "scheduler"},
		{"text": "arn:aws-cn:iam::aws:policy/AmazonSESFullAccess", "service": "iam", "account": "aws"},
	]
	every l in lacking {
		count(partition_arn.finding) == 1 with input as _with(object.union(l, {"partition": "aws-cn"}))
	}
	count(partition_arn.undecided) == 1 with input as _with(object.union(lacking[0], {"partition": "aws-cn", "exists": "undecided"}))
	fine := [
		{"text": "arn:aws-cn:states:::lambda:invoke", "service": "states"},
		{"text": "arn:aws-cn:iam::aws:policy/ReadOnlyAccess", "service": "iam", "account": "aws"},
	]
	every l in fine {
		count(partition_arn.finding) == 0 with input as _with(object.union(l, {"partition": "aws-cn"}))
	}
}

test_twins if {
	rewritten := [
		{"text": "arn:aws:iam::127311923021:root", "service": "iam", "account": "127311923021"},
		{"text": "arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:21", "service": "lambda", "account": "580247275435", "region": "us-east-1"},
		{"text": "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSMySQLRotationSingleUser", "service": "serverlessrepo", "account": "297356227824", "region": "us-east-1"},
	]
	every l in rewritten {
		some f in partition_arn.finding with input as _with(l)
		f.owner == "transform"
	}
}

test_region_of_another_partition if {
	own := {"partition": "aws-cn", "text": "arn:aws-cn:sns:eu-west-1:1:t", "service": "sns", "account": "1"}
	some f in partition_arn.finding with input as _with(object.union(own, {"region": "eu-west-1"}))
	f.message == "arn:aws-cn:sns:eu-west-1:1:t names region eu-west-1, which is not in AWS China"
	every region in ["cn-north-1", "cn-northwest-1", "*", ""] {
		count(partition_arn.finding) == 0 with input as _with(object.union(own, {"region": region}))
	}
	count(partition_arn.undecided) == 1 with input as _with(object.union(own, {"region": "eu-west-1", "exists": "undecided"}))
}

# A macro that AWS hosts is in the region of the stack; an account's own is not.
test_hosted_macro if {
	macro := {"service": "cloudformation", "region": "us-east-1"}
	every l in [
		{"text": "arn:aws:cloudformation:us-east-1:aws:transform/Serverless-2016-10-31", "account": "aws", "owner": "transform"},
		{"text": "arn:aws:cloudformation:us-east-1:111122223333:transform/Own", "account": "111122223333", "owner": "vendor"},
	] {
		some f in partition_arn.finding with input as _with(object.union(macro, object.remove(l, ["owner"])))
		f.owner == l.owner
	}
}
