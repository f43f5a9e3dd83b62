package preflight.target.region_supported_test

import data.preflight.target.region_supported

_run(region, release) := {"run": {"region": region, "release": release, "entry_kind": "panther"}}

_subjects(run) := x if x := {f.subject | some f in region_supported.finding} with input as run

test_supported if count(region_supported.finding) == 0 with input as _run("us-east-1", "v1.31.1")

test_dropped_by_later_releases if {
	_subjects(_run("us-west-1", "v1.31.1")) == {"region:us-west-1"}
	_subjects(_run("us-west-1", "v1.17.4")) == set()
	_subjects(_run("us-west-1", "v1.13.0")) == {"region:us-west-1"}
	_subjects(_run("ca-central-1", "v1.26.9")) == set()
	_subjects(_run("ca-central-1", "v1.27.8")) == {"region:ca-central-1"}
}

test_china_is_deployed_from_the_own_bucket if {
	_subjects(_run("cn-north-1", "v1.16.0")) == set()
	_subjects(_run("cn-northwest-1", "v1.31.1")) == set()
}

test_without_a_release_only_what_none_supports_is_found if {
	_subjects(_run("af-south-1", "")) == {"region:af-south-1"}
	_subjects(_run("us-east-1", "")) == set()
	_subjects(_run("us-west-1", "")) == set()
	count(region_supported.undecided) == 1 with input as _run("us-west-1", "")
	count(region_supported.undecided) == 0 with input as _run("us-east-1", "")
	count(region_supported.undecided) == 0 with input as _run("cn-north-1", "")
	count(region_supported.undecided) == 0 with input as _run("us-west-1", "v1.16.0")
}

test_skipped_without_region_and_for_the_proxy if {
	count(region_supported.skipped) == 1 with input as _run("", "v1.31.1")
	count(region_supported.skipped) == 1 with input as {"run": {"region": "ap-southeast-1", "entry_kind": "proxy"}}
}
