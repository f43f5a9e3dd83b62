package cases

import (
	"reflect"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

func TestSingleKnowsWhatFollows(t *testing.T) {
	const role, bucket = "arn:aws:iam::111122223333:role/ci/R", "arn:aws:s3:::b"
	tests := map[string]struct {
		ask  Single
		key  string
		want iam.Value
	}{
		"region of the ARN":       {Single{Action: "sqs:CreateQueue", Resource: "arn:aws:sqs:eu-west-1:111122223333:q", Region: "us-east-1"}, "aws:RequestedRegion", iam.Is("eu-west-1")},
		"region given":            {Single{Action: "s3:CreateBucket", Resource: bucket, Region: "us-west-2"}, "aws:RequestedRegion", iam.Is("us-west-2")},
		"region not given":        {Single{Action: "s3:CreateBucket", Resource: bucket}, "aws:RequestedRegion", iam.Value{}},
		"region of a pattern":     {Single{Action: "sqs:CreateQueue", Resource: "arn:aws:sqs:*:111122223333:q"}, "aws:RequestedRegion", iam.Value{}},
		"global service":          {Single{Action: "iam:CreateRole", Resource: "arn:aws:iam::111122223333:role/x", Region: "eu-west-1", OwnRegion: "us-east-1"}, "aws:RequestedRegion", iam.Is("us-east-1")},
		"principal":               {Single{Action: "a:b", Resource: "*"}, "aws:PrincipalArn", iam.Is(role)},
		"principal of a session":  {Single{Action: "a:b", Resource: "*", Principal: "arn:aws:sts::111122223333:assumed-role/R/s"}, "aws:PrincipalArn", iam.Value{State: iam.KeyPresent}},
		"account":                 {Single{Action: "a:b", Resource: "*"}, "aws:PrincipalAccount", iam.Is("111122223333")},
		"user name":               {Single{Action: "a:b", Resource: "*", Principal: "arn:aws:iam::111122223333:user/team/bob"}, "aws:username", iam.Is("bob")},
		"a role has no user name": {Single{Action: "a:b", Resource: "*"}, "aws:username", iam.Is()},
		"transport":               {Single{Action: "a:b", Resource: "*"}, "aws:SecureTransport", iam.Is("true")},
		"owner":                   {Single{Action: "a:b", Resource: "arn:aws:sqs:eu-west-1:444455556666:q"}, "aws:ResourceAccount", iam.Is("444455556666")},
		"a service":               {Single{Action: "a:b", Resource: "*", Principal: "events.amazonaws.com"}, "aws:PrincipalIsAWSService", iam.Is("true")},
		"given in other case":     {Single{Action: "a:b", Resource: "*", Context: []string{"AWS:SECURETRANSPORT=false"}}, "AWS:SECURETRANSPORT", iam.Is("false")},
		"several values":          {Single{Action: "a:b", Resource: "*", Context: []string{"aws:TagKeys=a", "aws:TagKeys=b=c"}}, "aws:TagKeys", iam.Is("a", "b=c")},
		"absent":                  {Single{Action: "a:b", Resource: "*", Context: []string{"aws:SourceVpc="}}, "aws:SourceVpc", iam.Is()},
		"never mentioned":         {Single{Action: "a:b", Resource: "*"}, "aws:SourceIp", iam.Value{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.ask.Principal == "" {
				test.ask.Principal = role
			}
			r, err := test.ask.Request()
			if err != nil {
				t.Fatal(err)
			}
			if got := r.Context[test.key]; !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if r.Others != iam.KeyUnknown {
				t.Error("a key that nobody named must be unknown")
			}
		})
	}
}

func TestSingleRefusesSettings(t *testing.T) {
	for _, setting := range [][]string{{"a:b"}, {"=x"}, {"a:b=", "a:b=c"}, {"a:b=c", "a:b="}} {
		_, err := (Single{Action: "a:b", Resource: "*", Principal: "111122223333", Context: setting}).Request()
		if err == nil || !strings.HasPrefix(err.Error(), "--context: ") {
			t.Errorf("%q: %v", setting, err)
		}
	}
}

func TestSingleRefusesNames(t *testing.T) {
	for _, name := range []string{"prod-x", "arn:aws:s3", "arn:aws:s3:::", "s3://b", "", "arn::s3:::b"} {
		if _, err := (Single{Action: "a:b", Resource: name, Principal: "111122223333"}).Request(); err == nil || !strings.HasPrefix(err.Error(), "--resource: ") {
			t.Errorf("resource %q: %v", name, err)
		}
	}
	for _, name := range []string{
		"R", "role/R", "", "*", "1111", "arn:aws:iam::role/R", "arn:aws:iam::111122223333:role/", "arn:aws:s3:::b", "arn:aws:iam::1:role/R", "arn:aws:iam::111122223333:role/*",
		"arn:aws:sts::111122223333:assumed-role/R", "arn:aws:iam::111122223333:policy/P", "s3.amazonaws.com.evil",
	} {
		if _, err := (Single{Action: "a:b", Resource: "*", Principal: name}).Request(); err == nil || !strings.HasPrefix(err.Error(), "--principal: ") {
			t.Errorf("principal %q: %v", name, err)
		}
	}
	for _, name := range []string{"arn:aws:iam::111122223333:root", "arn:aws-cn:sts::111122223333:assumed-role/R/s@x", "arn:aws:sts::111122223333:federated-user/f", "events.amazonaws.com", "111122223333"} {
		if _, err := (Single{Action: "a:b", Resource: "arn:aws:s3:::b*", Principal: name}).Request(); err != nil {
			t.Errorf("principal %q: %v", name, err)
		}
	}
}

// TestSingleAsksForAnyResource: a denial of some resources may be met.
func TestSingleAsksForAnyResource(t *testing.T) {
	for any, want := range map[bool]iam.Decision{false: iam.Allowed, true: iam.Unknown} {
		r, err := (Single{Action: "s3:DeleteBucket", Resource: "*", Principal: "111122223333", AnyResource: any}).Request()
		if err != nil {
			t.Fatal(err)
		}
		q, err := iam.NewQuery(r)
		if err != nil {
			t.Fatal(err)
		}
		policy, err := iam.Parse("p", iam.Identity, []byte(`{"Statement":{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::prod-*"}}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := (&iam.Policies{Administrator: true, Identity: []*iam.Policy{policy}}).Decide(q).Decision; got != want {
			t.Errorf("any resource %v: %v", any, got)
		}
	}
}
