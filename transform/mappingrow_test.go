package transform_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// TestRowsOfOtherPartitionsStay: a mapping may be read by AWS::Partition; what
// its row for another partition holds is right there.
func TestRowsOfOtherPartitionsStay(t *testing.T) {
	text := `Mappings:
  Places:
    aws: {Host: sqs.us-east-1.amazonaws.com, Policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess'}
    aws-us-gov: {Host: sqs.us-gov-west-1.amazonaws.com, Policy: 'arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess'}
    aws-cn: {Host: sqs.cn-north-1.amazonaws.com, Policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess'}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      ManagedPolicyArns: [!FindInMap [Places, !Ref AWS::Partition, Policy]]
      Description: !FindInMap [Places, !Ref AWS::Partition, Host]
`
	china := "aws-cn: {Host: sqs.cn-north-1.amazonaws.com, Policy: 'arn:aws:iam"
	want := strings.Replace(text, china, "aws-cn: {Host: sqs.cn-north-1.amazonaws.com.cn, Policy: 'arn:aws-cn:iam", 1)
	if got := inChina(t, text, registry.Beijing); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
