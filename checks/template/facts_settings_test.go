package template

import (
	"fmt"
	"strings"
	"testing"
)

func TestSettings(t *testing.T) {
	child := "Parameters: {Name: {Type: String}, Key: {Type: String, NoEcho: true}}\nResources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Ref Name\n      KmsMasterKeyId: !Ref Key\n"
	root := `Parameters: {P: {Type: String}}
Conditions: {Open: !Equals [!Ref P, x], No: !Equals [a, b]}
Resources:
  B:
    Type: AWS::S3::Bucket
    Properties:
      Tags:
        - {Key: a, Value: !Ref P}
        - !If [No, {Key: never, Value: x}, !Ref AWS::NoValue]
      PublicAccessBlockConfiguration: {BlockPublicAcls: !If [Open, false, true]}
  Never: {Type: AWS::S3::Bucket, Condition: No, Properties: {BucketName: x}}
  May: {Type: AWS::S3::Bucket, Condition: Open, Properties: {BucketName: y}}
  C: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: c.yml, Parameters: {Name: !Sub 'q-${AWS::AccountId}', Key: hunter2}}}
`
	want := `entry#B Tags present  yes root.yml:8
entry#B Tags[0] present  yes root.yml:8
entry#B Tags[0].Key literal a yes root.yml:8
entry#B Tags[0].Value unknown  yes root.yml:8
entry#B PublicAccessBlockConfiguration present  yes root.yml:10
entry#B PublicAccessBlockConfiguration.BlockPublicAcls literal false undecided root.yml:10
entry#B PublicAccessBlockConfiguration.BlockPublicAcls literal true undecided root.yml:10
entry#May BucketName literal y undecided root.yml:12
entry#C TemplateURL literal c.yml yes root.yml:13
entry#C Parameters present  yes root.yml:13
entry#C Parameters.Name pattern q-* yes root.yml:13
entry#C Parameters.Key pattern * yes root.yml:13
C#Q QueueName pattern q-* yes c.yml:6
C#Q KmsMasterKeyId pattern * yes c.yml:7
`
	var got strings.Builder
	for _, s := range loadFiles(t, map[string]string{"root.yml": root, "c.yml": child}, Options{}).Settings() {
		fmt.Fprintf(&got, "%s %s %s %s %s %s:%d\n", s.Subject, s.Path, s.State, s.Text, s.Exists, s.File, s.Line)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

// TestSettingsOfSAM holds the resource as it is written beside what SAM makes of it.
func TestSettingsOfSAM(t *testing.T) {
	text := "Transform: AWS::Serverless-2016-10-31\nGlobals: {Function: {Timeout: 7}}\nResources:\n  F: {Type: AWS::Serverless::Function, Properties: {Handler: h, Runtime: python3.13, CodeUri: s3://b/k}}\n"
	got := map[string]string{}
	for _, s := range loadText(t, text, Options{}).Settings() {
		got[s.Type+" "+s.Path] = s.Text
	}
	for _, want := range []string{"AWS::Serverless::Function Timeout", "AWS::Lambda::Function Timeout"} {
		if got[want] != "7" {
			t.Errorf("%s is %q", want, got[want])
		}
	}
	if got["AWS::Serverless::Function CodeUri"] != "s3://b/k" || got["AWS::Lambda::Function Code.S3Key"] != "k" {
		t.Errorf("%v", got)
	}
}
