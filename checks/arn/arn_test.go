package arn

import "testing"

func TestParse(t *testing.T) {
	for text, want := range map[string]struct {
		arn         ARN
		whole, head bool
	}{
		"arn:aws:s3:::bucket/key:with:colons":                                {ARN{"aws", "s3", "", "", "bucket/key:with:colons"}, true, true},
		"arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Name}": {ARN{"${AWS::Partition}", "sns", "${AWS::Region}", "${AWS::AccountId}", "${Name}"}, true, true},
		"arn:aws:iam:":   {ARN{Partition: "aws", Service: "iam"}, false, true},
		"arn:aws":        {ARN{Partition: "aws"}, false, false},
		"aws:arn:s3:::b": {},
		"":               {},
	} {
		got, whole := Parse(text)
		_, head := Head(text)
		if got != want.arn || whole != want.whole || head != want.head {
			t.Errorf("%s is %+v, whole %t, head %t", text, got, whole, head)
		}
	}
}
