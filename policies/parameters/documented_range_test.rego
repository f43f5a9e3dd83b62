package preflight.parameters.documented_range_test

import data.preflight.parameters.documented_range

_found(name, value) := x if x := count(documented_range.finding) with input as {"parameters": [{
	"name": name, "known": true, "value": value,
	"file": "p.json", "line": 4, "column": 3,
}]}

test_inside if {
	every case in [
		["DataLakeForwarderMemory", "256"], ["DataLakeForwarderMemory", "2048"], ["LogProcessorGzipLevel", "1"],
		["LogProcessorGzipLevel", "9"], ["MaxLookupTableCompressedSizeMB", "400"], ["MaxLookupTableCompressedSizeMB", "0"],
		["CloudWatchLogRetentionDays", "365"], ["Other", "99999"],
	] {
		_found(case[0], case[1]) == 0
	}
}

test_outside if {
	every case in [
		["DataLakeForwarderMemory", "255"], ["DataLakeForwarderMemory", "2049"], ["LogProcessorGzipLevel", "0"],
		["LogProcessorGzipLevel", "10"], ["MaxLookupTableCompressedSizeMB", "401"], ["CloudWatchLogRetentionDays", "366"],
	] {
		_found(case[0], case[1]) == 1
	}
}

test_what_is_no_number_is_outside if {
	every value in ["", "six", "6x", "1e1", " 6"] {
		_found("LogProcessorGzipLevel", value) == 1
	}
}

test_absent_means_the_default if count(documented_range.finding) == 0 with input as {"parameters": []}

test_a_value_that_is_not_known_is_not_judged if count(documented_range.finding) == 0 with input as {"parameters": [{"name": "LogProcessorGzipLevel", "known": false, "value": ""}]}
