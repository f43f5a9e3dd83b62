package preflight.china.bridge_secret_test

import data.preflight.china.bridge_secret

_good := {
	"id": "panther/china", "exists": true, "json": true, "has_url": true, "has_key": true,
	"scheme": "https", "host": "abc.execute-api.cn-north-1.amazonaws.com.cn", "path": "/prod",
}

_messages(change) := messages if {
	messages := {f.message | some f in bridge_secret.finding} with input as {"bridge": {
		"asked": true, "proxy_region": "ap-southeast-1",
		"secrets": [object.union(_good, change)],
	}}
}

test_not_asked if count(bridge_secret.skipped) == 1 with input as {"bridge": {"asked": false}}

test_good if {
	_messages({}) == set()
	count(bridge_secret.skipped) == 0 with input as {"bridge": {"asked": true}}
}

test_bad[name] if {
	some name, c in {
		"missing": {"change": {"exists": false, "json": false, "has_url": false}, "says": "there is no secret"},
		"not json": {"change": {"json": false, "has_url": false, "has_key": false}, "says": "not a JSON object"},
		"no url": {"change": {"has_url": false}, "says": "no text URL"},
		"no key": {"change": {"has_key": false}, "says": "no text API_KEY"},
		"http": {"change": {"scheme": "http"}, "says": "not https"},
		"standard partition": {"change": {"host": "abc.execute-api.us-east-1.amazonaws.com"}, "says": "gateway in China"},
		"lookalike": {"change": {"host": "abc.execute-api.cn-north-1.amazonaws.com.cn.example.com"}, "says": "gateway in China"},
		"stage": {"change": {"path": "/dev"}, "says": "end in /prod"},
	}
	messages := _messages(c.change)
	count(messages) == 1
	some m in messages
	contains(m, c.says)
}
