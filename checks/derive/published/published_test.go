package published

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

func TestFind(t *testing.T) {
	for _, tt := range []struct {
		version, first string
		exact          bool
	}{
		{"v1.16.0", "v1.16.0", true},
		{"v1.36.0", "v1.36.0", true},
		{"v1.36.5", "v1.36.0", false},
		{"v1.50.3", "v1.47.0", false}, // inside a range of one role
		{"v1.18.0", "v1.16.0", false}, // nothing is known of 1.17 to 1.30
		{"v9.0.0", "v1.127.0", false},
	} {
		r, exact, err := Find(tt.version)
		if err != nil || r.Versions[0] != tt.first || exact != tt.exact {
			t.Errorf("%s: have %v, %v, %v", tt.version, r.Versions, exact, err)
		}
	}
}

func TestEveryRoleIsAPolicy(t *testing.T) {
	for _, version := range []string{"v0.3.0", "v1.16.0", "v1.31.1", "v1.77.0", "v1.111.0", "v1.127.0"} {
		r, exact, err := Find(version)
		if err != nil || !exact {
			t.Fatalf("%s: %v, %v", version, exact, err)
		}
		p, err := r.Policy("aws", "us-east-1", "111122223333")
		if err != nil || len(p.Statements()) < 10 {
			t.Errorf("%s: %v, %v", version, p, err)
		}
	}
	r, _, err := Find("v1.127.0")
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Policy("aws-cn", "cn-north-1", "111122223333")
	if err != nil {
		t.Fatal(err)
	}
	q, err := iam.NewQuery(iam.Request{
		Action: "cloudformation:CreateStack", Resource: "arn:aws-cn:cloudformation:cn-north-1:111122223333:stack/panther-prod/x",
		Principal: "arn:aws-cn:iam::111122223333:role/PantherDeploymentRole", Others: iam.KeyAbsent,
	})
	if err != nil {
		t.Fatal(err)
	}
	if v := (&iam.Policies{Identity: []*iam.Policy{p}}).Decide(q); v.Decision != iam.Allowed {
		t.Errorf("the role may not create the stack: %v", v.Decision)
	}
}
