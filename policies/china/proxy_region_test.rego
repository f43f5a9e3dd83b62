package preflight.china.proxy_region_test

import data.preflight.china.proxy_region

_run(kind, region) := {"run": {"entry_kind": kind, "region": region}}

test_regions if {
	count(proxy_region.finding) == 1 with input as _run("proxy", "cn-north-1")
	every region in ["ap-southeast-1", "ap-southeast-2"] {
		count(proxy_region.finding | proxy_region.undecided) == 0 with input as _run("proxy", region)
	}
}

test_no_region if {
	count(proxy_region.undecided) == 1 with input as _run("proxy", "")
	count(proxy_region.finding) == 0 with input as _run("proxy", "")
}

test_backend if {
	count(proxy_region.skipped) == 1 with input as _run("panther", "us-east-1")
	count(proxy_region.skipped) == 0 with input as _run("proxy", "us-east-1")
}
