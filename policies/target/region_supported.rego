# METADATA
# scope: package
# title: The release does not support the region
# description: |
#   Release assets are published to a fixed list of regions, and the list has
#   changed between releases. In a region without them the first nested stack
#   cannot be created. In AWS China a release is deployed from the operator's
#   own bucket, so both China regions are accepted.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-TGT-001
#   severity: error
#   remediation: Deploy in a region that the release supports, or ask the vendor to publish to yours.
#   source: "self-hosted guide, Have Panther approve your account: a list of supported regions"
package preflight.target.region_supported

import data.preflight.lib

skipped contains "no region is known: --region or AWS_REGION" if input.run.region == ""

skipped contains "the proxy web app has its own list of regions (PF-CHN-007)" if input.run.entry_kind == "proxy"

undecided contains {
	"subject": sprintf("region:%s", [input.run.region]),
	"message": sprintf("%s is supported by some releases only, and the target release is not known", [input.run.region]),
	"fix": "Give the target version with --release.",
} if {
	input.run.release == ""
	not _always
	_ever
}

finding contains {
	"subject": sprintf("region:%s", [input.run.region]),
	"message": sprintf("%s is not a region that %s supports", [input.run.region, _release]),
	"found": input.run.region,
	"expected": concat(", ", sort(_supported)),
} if {
	input.run.region != ""
	not _supported[input.run.region]
}

_release := input.run.release if input.run.release != ""

_release := "any release" if input.run.release == ""

_supported := {r | some r in lib.supported_regions} | _china if input.run.release != ""

_supported := {r | some list in lib.releases.regions; some r in list.names} | _china if input.run.release == ""

_china := {r | some r in lib.releases.china_regions}

_always if input.run.region in _china

_always if {
	every list in lib.releases.regions {
		input.run.region in list.names
	}
}

_ever if input.run.region in _supported
