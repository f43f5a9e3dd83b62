package preflight.target.china_accounts_test

import data.preflight.target.china_accounts

test_proxy_in_china if {
	count(china_accounts.finding) == 1 with input as {"run": {"partition": "aws-cn", "region": "cn-north-1", "entry_kind": "proxy"}, "release": {"resources": []}}
}

test_web_stack if {
	web := {"subject": "entry#Web", "type": "AWS::CloudFormation::Stack", "exists": "yes", "file": "root.yml", "line": 1, "column": 1}
	run := {"partition": "aws-cn", "region": "cn-north-1", "entry_kind": "panther"}
	count(china_accounts.finding) == 1 with input as {"run": run, "release": {"resources": [web]}}
	count(china_accounts.finding) == 0 with input as {"run": run, "release": {"resources": [object.union(web, {"exists": "no"})]}}
}

test_elsewhere if {
	count(china_accounts.skipped) == 1 with input as {"run": {"partition": "aws", "entry_kind": "panther"}}
	count(china_accounts.skipped) == 0 with input as {"run": {"partition": "aws", "entry_kind": "proxy"}}
}
