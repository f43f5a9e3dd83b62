package derive_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive"
)

func TestBucketAccess(t *testing.T) {
	const role, account = "arn:aws-cn:iam::111122223333:role/ci/Uploader", "111122223333"
	deny := func(more string) string {
		return `{"Statement": [{"Sid": "Locked", "Effect": "Deny", "Principal": "*", "Action": "s3:Put*", "Resource": "arn:aws-cn:s3:::mine/*"` + more + `}]}`
	}
	allow := `{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws-cn:iam::` + account + `:root"}, "Action": "s3:PutObject", "Resource": "arn:aws-cn:s3:::mine/*"}]}`
	for name, c := range map[string]struct {
		policy string
		owned  bool
		unread bool
		caller checks.Caller
		want   string
		why    string
	}{
		"one's own":                     {owned: true, want: checks.HoldsYes},
		"another's":                     {want: checks.HoldsNo, why: "another account"},
		"another's that lets one in":    {policy: allow, want: checks.HoldsYes},
		"another's that does not tell":  {unread: true, want: checks.HoldsUnknown, why: "another account"},
		"denied":                        {policy: deny(""), owned: true, want: checks.HoldsNo, why: "Locked"},
		"denied outside a network":      {policy: deny(`, "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}`), owned: true, want: checks.HoldsUnknown, why: "SourceVpce"},
		"denied without encryption":     {policy: deny(`, "Condition": {"Bool": {"aws:SecureTransport": "false"}}`), owned: true, want: checks.HoldsYes},
		"denied to all but this role":   {policy: deny(`, "Condition": {"ArnNotLike": {"aws:PrincipalArn": "` + role + `"}}`), owned: true, want: checks.HoldsYes},
		"denied to all but another":     {policy: deny(`, "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws-cn:iam::111122223333:role/ci/Other"}}`), owned: true, want: checks.HoldsNo, why: "Locked"},
		"a policy that is none":         {policy: "{", owned: true, want: checks.HoldsUnknown},
		"a caller who is not known":     {owned: true, caller: checks.Caller{ARN: "-"}, want: checks.HoldsUnknown},
		"a path that was not read":      {policy: deny(`, "Condition": {"ArnNotLike": {"aws:PrincipalArn": "` + role + `"}}`), owned: true, caller: checks.Caller{ARN: "arn:aws-cn:sts::111122223333:assumed-role/Uploader/s"}, want: checks.HoldsUnknown},
		"the root user of the account":  {owned: true, caller: checks.Caller{ARN: "arn:aws-cn:iam::111122223333:root"}, want: checks.HoldsYes},
		"denied to the user who writes": {policy: deny(""), owned: true, caller: checks.Caller{ARN: "arn:aws-cn:iam::111122223333:user/jane"}, want: checks.HoldsNo},
	} {
		t.Run(name, func(t *testing.T) {
			f := &checks.Facts{
				Run:     checks.Run{Partition: "aws-cn", Region: "cn-north-1", Account: account},
				Caller:  checks.Caller{ARN: "arn:aws-cn:sts::111122223333:assumed-role/Uploader/s", RoleARN: role, PathKnown: true},
				Buckets: []checks.Bucket{{Name: "mine", Owned: c.owned}}, BucketAccess: []checks.BucketAccess{{Bucket: "mine", Read: !c.unread, Policy: c.policy}},
			}
			if c.caller.ARN == "-" {
				f.Caller = checks.Caller{}
			} else if c.caller.ARN != "" {
				f.Caller = c.caller
			}
			derive.BucketAccess(f)
			if got := f.BucketAccess[0]; got.Write != c.want || !strings.Contains(got.Why, c.why) {
				t.Errorf("%s (%s), want %s (%s)", got.Write, got.Why, c.want, c.why)
			}
		})
	}
}
