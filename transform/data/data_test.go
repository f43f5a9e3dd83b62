package data

import (
	"slices"
	"strings"
	"testing"
)

func TestOf(t *testing.T) {
	if err := Err(); err != nil {
		t.Fatal(err)
	}
	if n := len(load().blocks); n != 807 {
		t.Errorf("%d types", n)
	}
	c, ok := Of("AWS::IAM::Role")
	if !ok || !slices.Equal(c.IDs, []string{"RoleName"}) || !slices.Equal(c.Required[""], []string{"AssumeRolePolicyDocument"}) ||
		!slices.Equal(c.Required["/Policies/*"], []string{"PolicyDocument", "PolicyName"}) {
		t.Errorf("%+v", c)
	}
	if _, ok := Of("AWS::Cognito::UserPool"); ok {
		t.Error("a type that China lacks has a contract")
	}
	if !strings.Contains(Source(), "cfn-lint") {
		t.Error(Source())
	}
}
