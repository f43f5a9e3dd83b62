package iam

import (
	"strings"
	"testing"
)

const regionLock = `{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "*", "Resource": "*"},
    {"Sid": "Region", "Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
     "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}},
    {"Sid": "Tags", "Effect": "Deny", "Action": "s3:CreateBucket", "Resource": "*",
     "Condition": {"Null": {"aws:RequestTag/owner": "true"}}}
  ]
}`

func parse(tb testing.TB, kind Kind, doc string) *Policy {
	tb.Helper()
	p, err := Parse("p.json", kind, []byte(doc))
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func query(tb testing.TB, r Request) *Query {
	tb.Helper()
	q, err := NewQuery(r)
	if err != nil {
		tb.Fatal(err)
	}
	return q
}

func createBucket(context map[string]Value) Request {
	return Request{
		Action: "s3:CreateBucket", Resource: "arn:aws:s3:::panther-logs", Principal: "arn:aws:iam::111122223333:role/Deployer",
		Context: context, Others: KeyAbsent,
	}
}

func TestDenialsNameAll(t *testing.T) {
	lock := parse(t, SCP, regionLock)
	policies := &Policies{Administrator: true, SCPs: [][]*Policy{{lock}, {}}}
	q := query(t, createBucket(map[string]Value{"aws:RequestedRegion": Is("us-east-1")}))

	var got []string
	for _, d := range policies.Denials(q) {
		switch {
		case d.Implicit:
			got = append(got, d.Layer.String()+" without allow")
		default:
			got = append(got, d.Statement.Sid())
		}
		if !d.Certain {
			t.Errorf("%+v is certain, but is not said to be", d)
		}
	}
	if want := "Region, Tags, scp without allow"; strings.Join(got, ", ") != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestPassingValuesAreConfirmed(t *testing.T) {
	scp := parse(t, SCP, statement(`{"Effect":"Allow","Action":"*","Resource":"*"},
		{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"},"BoolIfExists":{"aws:ViaAWSService":"false"}}},
		{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ArnLike":{"aws:SourceVpcArn":"arn:aws:ec2:*:*:vpc/*"}}}`))
	policies := &Policies{Administrator: true, SCPs: [][]*Policy{{scp}}}
	r := createBucket(nil)
	r.Others = KeyUnknown
	e := policies.Explain(query(t, r))
	if e.Decision != Unknown || strings.Join(e.DependsOn, " ") != "aws:SourceIp aws:SourceVpcArn aws:ViaAWSService" {
		t.Fatalf("got %v on %q", e.Decision, e.DependsOn)
	}
	r.Context = map[string]Value{}
	for _, p := range e.Passing {
		if p.Key == "aws:SourceIp" && p.Pattern != "192.0.2.0/24" {
			t.Errorf("the passing address comes from %q", p.Pattern)
		}
		r.Context[p.Key] = p.Value
	}
	if v := policies.Decide(query(t, r)); v.Decision != Allowed {
		t.Errorf("with the passing values %+v the request is %v", e.Passing, v.Decision)
	}
}

// TestDenialsKnowWhoIsExempt: what does not bind the principal denies nothing,
// and what perhaps does not is not certain.
func TestDenialsKnowWhoIsExempt(t *testing.T) {
	policies := &Policies{Administrator: true, SCPs: [][]*Policy{{parse(t, SCP, statement(`{"Effect":"Deny","Action":"*","Resource":"*"}`))}}}
	r := createBucket(nil)
	r.ManagementAccount = true
	if got := policies.Denials(query(t, r)); len(got) != 0 {
		t.Errorf("in the management account: %+v", got)
	}
	r.ManagementAccount, r.Principal = false, "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForECS/x"
	for _, d := range policies.Denials(query(t, r)) {
		if d.Certain {
			t.Errorf("perhaps a service-linked role, but certain: %+v", d)
		}
	}
	r.Principal = "arn:aws:iam::111122223333:role/Deployer"
	if got := policies.Denials(query(t, r)); len(got) != 2 || !got[0].Certain || !got[1].Certain {
		t.Errorf("bound for certain: %+v", got)
	}
}
