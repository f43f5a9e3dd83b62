# METADATA
# scope: package
# title: The release template cannot be read from this account
# description: |
#   The vendor opens the release buckets to approved accounts only.
#   CloudFormation reads the template with the credentials of the caller, so
#   what the caller cannot read cannot be deployed. A refusal, a missing object
#   and a bucket in another region have different remedies.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-template.html
# custom:
#   id: PF-TGT-002
#   severity: error
#   remediation: "Have the vendor approve the account and region; check version and region in the URL."
#   source: "self-hosted guide, Have Panther approve your account"
package preflight.target.template_readable

import data.preflight.lib

skipped contains "no published template is known: --release, or --template with a URL" if {
	count(_entry) == 0
}

finding contains {
	"subject": sprintf("template:%s", [o.url]),
	"message": sprintf(_messages[o.state], [o.url]),
	"expected": "the template can be read",
	"found": o.state,
	"fix": _fixes[o.state],
	"owner": _owners[o.state],
	"evidence": {"bucket": o.bucket, "key": o.key, "region": o.region},
} if {
	some o in _entry
	o.state != "present"
	not _local_copy(o)
}

# What follows from the version alone may never have been published, when a
# local template is what is deployed.
_local_copy(o) if {
	o.implied
	o.state == "missing"
}

# In China the other objects are the assets in the operator's own bucket.
_entry := {o | some o in input.objects; _is_entry(o)}

_is_entry(_) if not lib.china

_is_entry(o) if o.url == input.run.template_url

_messages := {
	"forbidden": "%s may not be read from this account (403)",
	"missing": "%s does not exist (404)",
	"elsewhere": "%s is in a bucket of another region",
}

_fixes := {
	"forbidden": "Give the vendor the account id and region to approve, and check that your own policies allow s3:GetObject.",
	"missing": "Check the version and the file name; the release may not be published to this region.",
	"elsewhere": "Use the URL of the bucket in the target region.",
}

_owners := {"forbidden": "vendor", "missing": "you", "elsewhere": "you"}
