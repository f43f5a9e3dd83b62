package preflight.china.bridge_secret_test

import data.preflight.china.bridge_secret

_good := {
	"id": "panther/china", "exists": true, "deleting": false, "has_value": true, "json": true, "has_url": true, "has_key": true,
	"url": "gateway", "key": "text",
}

_findings(change, gateways) := found if {
	found := bridge_secret.finding with input as {"bridge": {
		"asked": true, "proxy_region": "ap-southeast-1", "china_region": "cn-north-1", "gateways": gateways,
		"secrets": [object.union(_good, change)],
	}}
}

_messages(change) := {f.message | some f in _findings(change, [{"id": "abc"}])}

test_not_asked if count(bridge_secret.skipped) == 1 with input as {"bridge": {"asked": false}}

test_good if {
	_messages({}) == set()
	_messages({"url": "unproved"}) == set()
	count(bridge_secret.skipped) == 0 with input as {"bridge": {"asked": true}}
}

_unread := {"has_value": false, "json": false, "has_url": false, "has_key": false, "url": "", "key": ""}

test_bad[name] if {
	some name, c in {
		"missing": {"change": object.union(_unread, {"exists": false}), "says": "there is no secret"},
		"scheduled for deletion": {"change": object.union(_unread, {"deleting": true}), "says": "scheduled for deletion"},
		"no value": {"change": _unread, "says": "no current value"},
		"not json": {"change": object.union(_unread, {"has_value": true}), "says": "not a JSON object"},
		"no url": {"change": {"has_url": false, "url": ""}, "says": "no text URL"},
		"no key": {"change": {"has_key": false, "key": ""}, "says": "no text API_KEY"},
		"key": {"change": {"key": "invalid"}, "says": "white space"},
		"invalid": {"change": {"url": "invalid"}, "says": "no URL"},
		"spaces": {"change": {"url": "spaces"}, "says": "begins or ends"},
		"http": {"change": {"url": "not https"}, "says": "not https"},
		"user": {"change": {"url": "user info"}, "says": "user name"},
		"query": {"change": {"url": "query"}, "says": "a query"},
		"port": {"change": {"url": "port"}, "says": "443"},
		"host": {"change": {"url": "other host"}, "says": "an API gateway in China"},
		"gateway": {"change": {"url": "other gateway"}, "says": "of this account"},
		"stage": {"change": {"url": "other stage"}, "says": "end in /prod"},
	}
	messages := _messages(c.change)
	count(messages) == 1
	some m in messages
	contains(m, c.says)
}

test_expected if {
	{"https://abc.execute-api.cn-north-1.amazonaws.com.cn/prod"} == {f.expected | some f in _findings({"url": "other host"}, [{"id": "abc"}])}
	{"https://<id>.execute-api.<region>.amazonaws.com.cn/prod"} == {f.expected | some f in _findings({"url": "other host"}, [])}
}
