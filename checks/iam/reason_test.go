package iam

import (
	"slices"
	"testing"
)

func TestReasonOfOneStatement(t *testing.T) {
	p, err := Parse("p.json", SCP, []byte(`{"Version":"2012-10-17","Statement":[
		{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"},"Bool":{"aws:SecureTransport":"true"}}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(context map[string]Value) *Query {
		q, err := NewQuery(Request{Action: "s3:CreateBucket", Resource: "arn:aws:s3:::b", Principal: "111122223333", Context: context})
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	s := &p.Statements()[0]
	unknown := ask(map[string]Value{"aws:SecureTransport": Is("true")})
	r := s.Reason(unknown)
	if !slices.Equal(r.DependsOn, []string{"aws:SourceIp"}) || r.Condition.Operator() != "NotIpAddress" {
		t.Errorf("have %+v", r)
	}
	if got := s.Passing(unknown); len(got) != 1 || got[0].Key != "aws:SourceIp" || got[0].Value.Values[0] != "192.0.2.0" {
		t.Errorf("passes with %+v", got)
	}
	known := s.Reason(ask(map[string]Value{"aws:SecureTransport": Is("true"), "aws:SourceIp": Is("198.51.100.7")}))
	if len(known.DependsOn) != 0 || known.Condition == nil {
		t.Errorf("a certain denial depends on nothing: %+v", known)
	}
}
