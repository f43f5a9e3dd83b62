# METADATA
# scope: package
# title: Backend and web app for China share one account
# description: |
#   For AWS China the backend runs in a China account and the web app in a
#   standard account nearby: user pools do not exist in China. The proxy
#   template cannot be deployed in China, and a backend there must not bring its
#   own web stack.
# related_resources:
# - ref: https://docs.amazonaws.cn/en_us/aws/latest/userguide/services.html
# custom:
#   id: PF-TGT-003
#   severity: error
#   remediation: "Deploy panther.yml in the China account, without its web stack, and proxy_panther.yml in a standard account."
#   source: "China guide, AWS Accounts: you will need at least 2 AWS accounts"
package preflight.target.china_accounts

import data.preflight.lib

skipped contains "the target is not in China" if {
	not lib.china
	input.run.entry_kind != "proxy"
}

finding contains {
	"subject": sprintf("region:%s", [input.run.region]),
	"message": sprintf("the proxy web app cannot be deployed in %s: it belongs in a standard account outside China", [input.run.region]),
	"found": input.run.region,
	"expected": concat(", ", lib.releases.proxy_regions),
} if {
	lib.china
	input.run.entry_kind == "proxy"
}

finding contains object.union(lib.at(r), {
	"message": "the backend in China brings its own web stack: both would share one account and partition",
	"found": r.type,
	"expected": "a release transformed for China, whose web app is the proxy stack",
	"owner": "transform",
}) if {
	lib.china
	input.run.entry_kind != "proxy"
	some r in input.release.resources
	r.type == "AWS::CloudFormation::Stack"
	r.exists != "no"
	r.subject in lib.account.web_stacks
}
