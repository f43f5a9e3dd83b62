package preflight.china.bridge_versions_test

import data.preflight.china.bridge_versions

_findings(backend, proxy) := found if {
	found := bridge_versions.finding with input as {"bridge": {"asked": true, "versions": [
		{"side": "backend", "stack": "panther", "version": backend},
		{"side": "proxy", "stack": "panther-proxy", "version": proxy},
	]}}
}

test_not_asked if count(bridge_versions.skipped) == 1 with input as {"bridge": {"asked": false}}

test_good if {
	count(_findings("1.18.5", "v1.18.5-china-web-proxy")) == 0
	count(bridge_versions.skipped) == 0 with input as {"bridge": {"asked": true}}
}

test_differ if {"stack:panther-proxy"} == {f.subject | some f in _findings("1.18.8", "1.18.5")}
