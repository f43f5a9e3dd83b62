# METADATA
# scope: package
# title: The China bucket does not hold the whole release
# description: |
#   In AWS China a release is deployed from a bucket of the operator, in the
#   region of the deployment. A bucket that is missing or elsewhere, or that holds
#   part of the release only, makes the deployment fail half-way: what the release
#   names in the bucket of its manifest, or in one of the vendor's, belongs to it
#   too, and in any other bucket it is unknown. A bucket that refuses
#   what the caller writes can never hold the next. That is judged by the policy
#   of the bucket and its owner, not by the caller's own policies.
# related_resources:
# - ref: https://docs.amazonaws.cn/en_us/AmazonS3/latest/userguide/creating-buckets-s3.html
# custom:
#   id: PF-CHN-013
#   severity: error
#   remediation: "Upload the release again: panther-preflight release upload --bucket <bucket> --release <version>"
#   source: "China guide, Backend (China): publish the latest Panther release to an S3 bucket in China"
#   partial: [buckets, objects, bucket_access]
package preflight.china.bucket

import data.preflight.lib

skipped contains "the target is not in China" if not lib.china

skipped contains "no bucket of the release is known: give --template with the URL in your bucket" if {
	lib.china
	count(input.objects) == 0
}

finding contains {
	"subject": sprintf("bucket:%s", [b.name]),
	"message": sprintf("the bucket %s %s", [b.name, fault]),
	"expected": sprintf("a bucket in %s that the caller can write", [input.run.region]),
	"found": fault,
} if {
	lib.china
	some b in input.buckets
	_serves(b.name)
	some fault in _faults(b)
}

finding contains {
	"subject": sprintf("bucket:%s", [bucket]),
	"message": sprintf("%d of %d objects of the release are not in %s, or may not be read: %s", [count(absent), count(all), bucket, concat(", ", array.slice(sort(absent), 0, 3))]),
	"expected": "every object of the release",
	"found": sprintf("%d missing", [count(absent)]),
	"evidence": {"keys": sort(absent)},
} if {
	lib.china
	some b in input.buckets
	b.state == "present"
	bucket := b.name
	all := [o.key | some o in input.objects; o.bucket == bucket]
	absent := [o.key | some o in input.objects; o.bucket == bucket; o.state != "present"]
	count(absent) > 0
}

_serves(bucket) if {
	some o in input.objects
	o.bucket == bucket
}

_faults(b) := ["does not exist"] if b.state == "missing"

_faults(b) := [sprintf("is in %s", [b.region])] if b.state == "elsewhere"

_faults(b) := [sprintf("cannot be written: %s", [a.why])] if {
	b.state == "present"
	some a in input.bucket_access
	a.bucket == b.name
	a.write == "no"
}

undecided contains {
	"subject": sprintf("bucket:%s", [b.name]),
	"message": sprintf("whether %s can be written could not be determined%s", [b.name, _untold(b.name)]),
	"expected": "a bucket whose policy lets the caller write",
	"found": "unknown",
} if {
	lib.china
	some b in input.buckets
	_serves(b.name)
	b.state == "present"
	not _told(b.name)
}

_told(name) if {
	some a in input.bucket_access
	a.bucket == name
	a.write in {"yes", "no"}
}

_untold(name) := concat("", [sprintf(": %s", [a.why]) | some a in input.bucket_access; a.bucket == name; a.why != ""])
