package preflight.scp.unknown_action_test

import data.preflight.scp.unknown_action

_only(action, meant) := f if {
	i := {"authorization": {"organization": {"invented": [{
		"policy": "s3.json", "statement": "Encrypt", "line": 5, "action": action, "effect": "Deny", "inverted": false, "meant": meant,
	}]}}}
	all := unknown_action.finding with input as i
	count(all) == 1
	some f in all
}

test_another_name_is_meant if {
	f := _only("s3:SetBucketEncryption", "s3:PutEncryptionConfiguration")
	f.subject == "s3.json#Encrypt:s3:SetBucketEncryption"
	f.message == "statement Encrypt of s3.json names s3:SetBucketEncryption, which is not an IAM action; s3:PutEncryptionConfiguration is meant"
	f.expected == "s3:PutEncryptionConfiguration"
	f.line == 5
}

test_nothing_is_known_to_be_meant if {
	f := _only("s3:Frobnicate", "")
	endswith(f.message, "which is not an IAM action")
	f.expected == "an action of the Service Authorization Reference"
}
