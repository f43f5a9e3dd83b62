# METADATA
# scope: package
# title: The template URL does not fit the release or the region
# description: |
#   The assets of a release are read from the bucket of the region that the
#   stack is in. The URL of another region, another version or another bucket
#   deploys something else, or fails at the first nested stack. In AWS China the
#   release lies in the operator's own bucket.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-UPG-008
#   severity: error
#   remediation: Use https://panther-enterprise-{region}.s3.amazonaws.com/{version}/panther.yml with the region of the stack and the target version.
#   source: "self-hosted guide, While you upgrade: the template URL should be in this format"
package preflight.upgrade.template_url

skipped contains "the template is not given as a URL" if {
	input.run.template_url == ""
	not _stated
}

finding contains {
	"subject": "template",
	"file": input.run.stated.file,
	"line": input.run.stated.line,
	"column": input.run.stated.column,
	"message": sprintf("the template is of v%s, and --release is %s", [_stated, input.run.release]),
	"expected": input.run.release,
	"found": sprintf("v%s", [_stated]),
	"fix": sprintf("Give the template of %s, or --release v%s.", [input.run.release, _stated]),
} if {
	input.run.release != ""
	_stated != _numbers(input.run.release)
}

# What the template says itself, unless it is a placeholder that publishing fills.
_stated := _numbers(input.run.stated.version)

_numbers(version) := regex.find_all_string_submatch_n(`^v?([0-9]+\.[0-9]+\.[0-9]+)`, version, 1)[0][1]

finding contains object.union(_about, {
	"message": "the URL names no place in S3",
	"expected": _form,
}) if {
	input.run.template_url != ""
	_at.bucket == ""
}

finding contains object.union(_about, {
	"message": "CloudFormation reads a template over https only",
	"expected": _form,
}) if _at.scheme == "http"

finding contains object.union(_about, {
	"message": sprintf("the bucket %s is not the release's own for %s", [_at.bucket, input.run.region]),
	"expected": _form,
}) if {
	_at.bucket != ""
	input.run.region != ""
	not _china
	not _at.bucket in {sprintf("%s-%s", [name, input.run.region]) | some name in _publishers}
}

finding contains object.union(_about, {
	"message": sprintf("the URL is of the region %s and the stack in %s", [_at.region, input.run.region]),
	"expected": _form,
}) if {
	_at.region != ""
	input.run.region != ""
	_at.region != input.run.region
}

finding contains object.union(_about, {
	"message": sprintf("the URL is of the partition %s and the stack in %s: CloudFormation cannot read it", [_at.partition, input.run.partition]),
	"expected": _form,
}) if {
	_at.partition != ""
	_at.partition != input.run.partition
}

finding contains object.union(_about, {
	"message": sprintf("the key %s is not that of an entry template", [_at.key]),
	"expected": _form,
}) if {
	_at.bucket != ""
	not _version
}

finding contains object.union(_about, {
	"message": sprintf("the URL is of v%s and the target is %s", [_version, input.run.release]),
	"expected": _form,
}) if {
	input.run.release != ""
	sprintf("v%s", [_version]) != input.run.release
}

_at := input.run.location

_about := {"subject": "template", "found": input.run.template_url}

_china if input.run.partition == "aws-cn"

# Where the vendor publishes: the bucket is one of these and the region.
_publishers := ["panther-enterprise", "panther-community"]

# One's own bucket in China may hold the release under a prefix.
_version := regex.find_all_string_submatch_n(`(^|/)v([0-9]+\.[0-9]+\.[0-9]+[^/]*)/(proxy_)?panther\.yml$`, _at.key, 1)[0][2] if _china

_version := regex.find_all_string_submatch_n(`^v([0-9]+\.[0-9]+\.[0-9]+[^/]*)/(proxy_)?panther\.yml$`, _at.key, 1)[0][1] if not _china

_form := sprintf("https://<your bucket>.s3.%s.amazonaws.com.cn/%s/%s", [_region, _target, _entry]) if _china

_form := sprintf("https://panther-enterprise-%s.s3.amazonaws.com/%s/%s", [_region, _target, _entry]) if not _china

_region := input.run.region if input.run.region != ""

_region := "{region}" if input.run.region == ""

_target := input.run.release if input.run.release != ""

_target := "{version}" if input.run.release == ""

_entry := "proxy_panther.yml" if input.run.entry_kind == "proxy"

_entry := "panther.yml" if input.run.entry_kind != "proxy"
