# METADATA
# scope: package
# title: A bucket has an ACL but does not allow ACLs
# description: |
#   New buckets refuse ACLs unless their ownership controls allow them. A
#   template from before that rule fails when it creates the bucket.
# related_resources:
# - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
# custom:
#   id: PF-TPL-004
#   severity: error
#   remediation: Take a release whose buckets set OwnershipControls, or none of whose buckets has an ACL.
#   source: "AWS CloudFormation user guide: buckets with AccessControl"
package preflight.template.bucket_acl

import data.preflight.lib

finding contains p.finding if {
	some p in _problems
	p.exists == "yes"
}

undecided contains gap if some gap in lib.unseen

undecided contains p.finding if {
	some p in _problems
	p.exists == "undecided"
}

_problems contains {"exists": s.exists, "finding": object.union(lib.at(s), {
	"message": sprintf("the bucket has the ACL %s, and %s", [s.text, why]),
	"expected": "OwnershipControls with BucketOwnerPreferred or ObjectWriter",
	"found": s.text,
	"owner": "vendor",
})} if {
	some s in _acls
	some o in _ownership[s.subject]
	why := _refuses(o)
}

undecided contains object.union(lib.at(s), {
	"message": sprintf("whether the ACL %s is allowed cannot be told: %s", [s.text, o.reason]),
	"expected": "OwnershipControls with BucketOwnerPreferred or ObjectWriter",
	"found": "unknown",
}) if {
	some s in _acls
	s.exists != "no"
	some o in _ownership[s.subject]
	o.state == "unknown"
}

_acls contains s if {
	some s in input.release.observed
	s.type == "AWS::S3::Bucket"
	s.path == "AccessControl"
	s.state == "literal"
	not s.text in data.preflight.data.template.acl_exempt
}

_ownership[subject] contains s if {
	some s in input.release.observed
	s.type == "AWS::S3::Bucket"
	s.path == "OwnershipControls.Rules.*.ObjectOwnership"
	subject := s.subject
}

_refuses(o) := "no ownership controls, so ACLs are off" if o.state == "absent"

_refuses(o) := "ownership controls that turn ACLs off" if o.text == data.preflight.data.template.acl_off
