package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	cbtypes "github.com/aws/aws-sdk-go-v2/service/codebuild/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
)

// buildAfterUpdate is a build project that ran, one that never did, and none.
func buildAfterUpdate(w *world) {
	w.stack("panther", "1.30.5")
	status := func() checks.Status {
		return resultOf(w.t, w.check("--only", "PF-UPG-007", "--release", "v1.31.1", "--no-deployment-role"), "PF-UPG-007").Status
	}
	if got := status(); got != checks.Failed {
		w.t.Errorf("without a project: %s", got)
	}
	client := codebuild.NewFromConfig(w.config, collect.TextTimes)
	name := aws.String("panther-pulumi")
	_, err := client.CreateProject(context.Background(), &codebuild.CreateProjectInput{
		Name: name, ServiceRole: aws.String("arn:aws:iam::123456789012:role/service-role/x"),
		Source: &cbtypes.ProjectSource{Type: cbtypes.SourceTypeS3, Location: aws.String("b/k")}, Artifacts: &cbtypes.ProjectArtifacts{Type: cbtypes.ArtifactsTypeNoArtifacts},
		Environment: &cbtypes.ProjectEnvironment{Type: cbtypes.EnvironmentTypeLinuxContainer, Image: aws.String("x"), ComputeType: cbtypes.ComputeTypeBuildGeneral1Small},
	})
	w.must(err)
	if got := status(); got != checks.Failed {
		w.t.Errorf("without a build: %s", got)
	}
	_, err = client.StartBuild(context.Background(), &codebuild.StartBuildInput{ProjectName: name})
	w.must(err)
	if got := status(); got != checks.Passed {
		w.t.Errorf("with a build: %s", got)
	}
}

// fullNetwork has as many VPCs as a new account may.
func fullNetwork(w *world) {
	for _, name := range []string{"one", "two", "three", "four"} {
		w.creates(name, "Resources: {V: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.9.0.0/16}}}")
	}
	r := w.check("--only", "PF-QTA-001", "--no-deployment-role")
	if got := subjects(r, "PF-QTA-001"); !slices.Equal(got, []string{"quota:vpc/L-F678F1CE"}) {
		w.t.Errorf("%v %v", got, r.Gaps)
	}
}

// chinaBucket is a bucket of one's own that holds the release, and what its
// policy does to it.
func chinaBucket(w *world) {
	cfg := w.config.Copy()
	cfg.Region = "cn-north-1"
	client := s3.NewFromConfig(cfg, awsconfig.PathStyle)
	bucket := aws.String("mine")
	_, err := client.CreateBucket(context.Background(), &s3.CreateBucketInput{
		Bucket: bucket, CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: s3types.BucketLocationConstraintCnNorth1},
	})
	w.must(err)
	body, err := os.ReadFile("testdata/e2e.yml")
	w.must(err)
	check := func() checks.Result {
		_, out, errs := runLive(w.t, context.Background(), w.url, "check", "--only", "PF-CHN-013", "--format", "json", "--no-deployment-role",
			"--template", "s3://mine/v1.31.1/panther.yml", "-p", "FirstUserEmail=jane@example.org", "--region", "cn-north-1")
		var r checks.Report
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			w.t.Fatalf("%v: %s", err, errs)
		}
		return resultOf(w.t, r, "PF-CHN-013")
	}
	if r := check(); r.Status != checks.Failed {
		w.t.Errorf("an empty bucket: %+v", r)
	}
	_, err = client.PutObject(context.Background(), &s3.PutObjectInput{Bucket: bucket, Key: aws.String("v1.31.1/panther.yml"), Body: strings.NewReader(string(body))})
	w.must(err)
	if r := check(); r.Status != checks.Passed {
		w.t.Errorf("a whole release: %+v", r)
	}
	for policy, want := range map[string]checks.Status{
		`{"Statement": [{"Sid": "Locked", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws-cn:s3:::mine/*"}]}`:                                                                                   checks.Failed,
		`{"Statement": [{"Sid": "Network", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws-cn:s3:::mine/*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}]}`:                  checks.Unknown,
		`{"Statement": [{"Sid": "Plain", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": ["arn:aws-cn:s3:::mine", "arn:aws-cn:s3:::mine/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}`: checks.Passed,
	} {
		_, err = client.PutBucketPolicy(context.Background(), &s3.PutBucketPolicyInput{Bucket: bucket, Policy: &policy})
		w.must(err)
		if r := check(); r.Status != want {
			w.t.Errorf("%s: %+v", policy, r)
		}
	}
}

// creates makes a stack of a few lines and gives its outputs by name.
func (w *world) creates(name, body string) map[string]string {
	w.t.Helper()
	client := cloudformation.NewFromConfig(w.config)
	_, err := client.CreateStack(context.Background(), &cloudformation.CreateStackInput{StackName: &name, TemplateBody: &body})
	w.must(err)
	got, err := client.DescribeStacks(context.Background(), &cloudformation.DescribeStacksInput{StackName: &name})
	w.must(err)
	outputs := map[string]string{}
	for _, o := range got.Stacks[0].Outputs {
		outputs[aws.ToString(o.OutputKey)] = aws.ToString(o.OutputValue)
	}
	return outputs
}

// existingNetwork is a VPC that parameters name, and one that does not exist.
func existingNetwork(w *world) {
	template := filepath.Join(w.t.TempDir(), "panther.yml")
	w.must(os.WriteFile(template, []byte(`Parameters:
  VpcID: {Type: String, Default: ''}
  SubnetOneID: {Type: String, Default: ''}
  SubnetTwoID: {Type: String, Default: ''}
  SecurityGroupID: {Type: String, Default: ''}
Resources: {T: {Type: 'AWS::SNS::Topic'}}
`), 0o600))
	made := w.creates("network", `Resources:
  V: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.9.0.0/16}}
  A: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref V, CidrBlock: 10.9.1.0/24, AvailabilityZone: us-east-1a}}
  B: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref V, CidrBlock: 10.9.2.0/24, AvailabilityZone: us-east-1b}}
  G: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref V, GroupDescription: web}}
Outputs: {V: {Value: !Ref V}, A: {Value: !Ref A}, B: {Value: !Ref B}, G: {Value: !GetAtt G.GroupId}}
`)
	report := func(vpc, one, two, group string) []string {
		_, out, errs := runLive(w.t, context.Background(), w.url, "check", "--only", "PF-PRM-009", "--format", "json", "--template", template, "--no-deployment-role",
			"-p", "VpcID="+vpc, "-p", "SubnetOneID="+one, "-p", "SubnetTwoID="+two, "-p", "SecurityGroupID="+group)
		var r checks.Report
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			w.t.Fatalf("%v: %s", err, errs)
		}
		return subjects(r, "PF-PRM-009")
	}
	if got := report(made["V"], made["A"], made["B"], made["G"]); len(got) > 0 {
		w.t.Errorf("a network that stands: %v", got)
	}
	if got := report("vpc-00000000", made["A"], made["B"], made["G"]); !slices.Equal(got, []string{"parameter:SecurityGroupID", "parameter:SubnetOneID", "parameter:SubnetTwoID", "parameter:VpcID"}) {
		w.t.Errorf("a VPC that does not stand: %v", got)
	}
	if got := report(made["V"], "subnet-00000000", made["B"], "sg-00000000"); !slices.Equal(got, []string{"parameter:SecurityGroupID", "parameter:SubnetOneID"}) {
		w.t.Errorf("a subnet and a group that do not stand: %v", got)
	}
}
