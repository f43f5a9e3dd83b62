package iam

import (
	"sync"
	"testing"
)

func TestActionPattern(t *testing.T) {
	tests := []struct {
		pattern, action string
		want            bool
	}{
		{"s3:Get*", "S3:getobject", true}, {"*", "sqs:CreateQueue", true}, {"s3:SetBucketEncryption", "s3:PutEncryptionConfiguration", false},
		{"ec2:*Vpc?", "ec2:DescribeVpcs", true}, {"ec2:*Vpc?", "ec2:CreateVpc", false},
	}
	for _, test := range tests {
		if got := CompileAction(test.pattern).Match(test.action); got != test.want {
			t.Errorf("%s against %s: got %v", test.pattern, test.action, got)
		}
	}
}

// TestDecideConcurrently says something under the race detector only.
func TestDecideConcurrently(t *testing.T) {
	g := newGenerator(11)
	p, q := g.policies(), query(t, g.request())
	want := p.Decide(q)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				if got := p.Decide(q); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
				p.Explain(q)
				p.Denials(q)
			}
		})
	}
	group.Wait()
}
