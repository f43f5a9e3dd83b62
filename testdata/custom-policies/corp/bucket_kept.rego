# METADATA
# scope: package
# title: Buckets outlive their stack
# description: |
#   Our retention rules demand that log data survives a deletion of the stack by
#   mistake. A bucket without DeletionPolicy Retain does not.
# related_resources:
# - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
# custom:
#   id: CORP-DAT-001
#   severity: warning
#   remediation: Ask the vendor for DeletionPolicy Retain, or accept the risk with a waiver.
#   source: data retention standard, section 4
package custom.corp.bucket_kept

finding contains object.union(_about(bucket), {"message": "the bucket is deleted with its stack", "owner": "vendor"}) if {
	some bucket in _lost
	bucket.exists == "yes"
}

undecided contains object.union(_about(bucket), {"message": "whether the bucket exists is not known, and it would be deleted with its stack"}) if {
	some bucket in _lost
	bucket.exists == "undecided"
}

_lost contains resource if {
	some resource in input.release.resources
	resource.type == "AWS::S3::Bucket"
	not resource.retain
}

_about(bucket) := {"subject": bucket.subject, "file": bucket.file, "line": bucket.line, "column": bucket.column}
