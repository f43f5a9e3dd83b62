package preflight.upgrade.template_url_test

import data.preflight.upgrade.template_url

_location := {"scheme": "https", "bucket": "panther-enterprise-us-east-1", "key": "v1.31.1/panther.yml", "region": "", "partition": "aws"}

_input(run, location) := {"run": object.union(
	{
		"region": "us-east-1", "partition": "aws", "release": "v1.31.1", "entry_kind": "panther", "template_url": "https://x",
		"location": object.union(_location, location),
	},
	run,
)}

_messages(run, location) := x if x := {f.message | some f in template_url.finding} with input as _input(run, location)

test_the_release_s_own if {
	_messages({}, {}) == set()
	_messages({}, {"bucket": "panther-community-us-east-1", "region": "us-east-1"}) == set()
	_messages({"entry_kind": "proxy", "region": "ap-southeast-1"}, {"bucket": "panther-enterprise-ap-southeast-1", "key": "v1.31.1/proxy_panther.yml", "region": "ap-southeast-1"}) == set()
	_messages({"release": "", "region": ""}, {}) == set()
}

test_the_own_bucket_in_china if {
	run := {"region": "cn-north-1", "partition": "aws-cn"}
	_messages(run, {"bucket": "acme", "region": "cn-north-1", "partition": "aws-cn"}) == set()
	_messages(run, {"bucket": "acme", "key": "siem/v1.31.1/panther.yml", "region": "cn-north-1", "partition": "aws-cn"}) == set()
}

test_what_is_wrong if {
	every case in [
		[{}, {"bucket": "", "key": ""}, "no place in S3"],
		[{}, {"scheme": "http"}, "over https only"],
		[{}, {"bucket": "panther-enterprise-us-east-2"}, "not the release's own"],
		[{}, {"bucket": "acme"}, "not the release's own"],
		[{}, {"region": "us-west-2"}, "of the region us-west-2"],
		[{}, {"key": "v1.31.1/root.yml"}, "not that of an entry template"],
		[{}, {"key": "1.31.1/panther.yml"}, "not that of an entry template"],
		[{}, {"key": "x/v1.31.1/panther.yml"}, "not that of an entry template"],
		[{}, {"key": "v1.30.5/panther.yml"}, "the URL is of v1.30.5"],
		[{"partition": "aws-cn", "region": "cn-north-1"}, {}, "cannot read it"],
	] {
		found := _messages(case[0], case[1])
		count(found) == 1
		some message in found
		contains(message, case[2])
	}
}

test_the_form_names_what_is_known if {
	some f in template_url.finding with input as _input({"release": "", "region": ""}, {"scheme": "http"})
	f.expected == "https://panther-enterprise-{region}.s3.amazonaws.com/{version}/panther.yml"
	some g in template_url.finding with input as _input({"region": "cn-north-1", "partition": "aws-cn", "entry_kind": "proxy"}, {})
	g.expected == "https://<your bucket>.s3.cn-north-1.amazonaws.com.cn/v1.31.1/proxy_panther.yml"
}

test_skipped if count(template_url.skipped) == 1 with input as {"run": {"template_url": ""}}

_stating(version, release) := {"run": {"release": release, "template_url": "", "stated": {"version": version, "file": "root.yml", "line": 9, "column": 16}}}

test_the_template_says_another_version if {
	some f in template_url.finding with input as _stating("1.15.3", "v1.16.0")
	f.message == "the template is of v1.15.3, and --release is v1.16.0"
	f.line == 9
	count(template_url.finding) == 0 with input as _stating("1.16.0", "v1.16.0")
	count(template_url.finding) == 0 with input as _stating("v1.16.0-china-web-proxy", "v1.16.0")
	count(template_url.finding) == 0 with input as _stating("1.16.0", "")
}

test_a_placeholder_says_nothing if {
	count(template_url.skipped) == 1 with input as _stating("${{PANTHER_VERSION}}", "v1.16.0")
	count(template_url.finding) == 0 with input as _stating("${{PANTHER_VERSION}}", "v1.16.0")
}
