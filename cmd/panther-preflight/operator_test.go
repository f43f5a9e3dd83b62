package main

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	cbtypes "github.com/aws/aws-sdk-go-v2/service/codebuild/types"

	"github.com/panther-preflight/panther-preflight/internal/testing/moto"
)

// A root stack deployed from the console has no tags; its nested stacks do.
const (
	rootBody = `{"Parameters": {"FirstUserEmail": {"Type": "String"}, "CustomDomain": {"Type": "String", "Default": ""},
 "PipLibraries": {"Type": "String", "Default": ""}, "SnowflakePassword": {"Type": "String", "Default": "x", "NoEcho": true}},
 "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}`
	bootstrapBody = `{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs": {
 "PantherApiDistributionDomainName": {"Value": "d111111abcdef8.cloudfront.net"}, "PantherApiDistributionHostedZoneId": {"Value": "Z2FDTNDATAQYW2"}}}`
)

func (s *awsSession) deploy(cfg aws.Config, name, version, body string, parameters map[string]string) {
	s.t.Helper()
	in := &cloudformation.CreateStackInput{StackName: &name, TemplateBody: &body}
	for key, value := range parameters {
		in.Parameters = append(in.Parameters, cfntypes.Parameter{ParameterKey: &key, ParameterValue: &value})
	}
	if version != "" {
		in.Tags = []cfntypes.Tag{{Key: aws.String("PantherVersion"), Value: &version}}
	}
	_, err := cloudformation.NewFromConfig(cfg).CreateStack(context.Background(), in)
	s.must(err)
}

// TestOperatorsDay reads a deployed stack for a plan, the alias record and the
// Pulumi build.
func TestOperatorsDay(t *testing.T) {
	endpoint := moto.Start(t)
	s := newSession(t, endpoint)
	s.Hide("seeded-snowflake-password-3b")
	cfg := seeding(endpoint, "us-east-1")
	s.deploy(cfg, "panther-prod", "", rootBody, map[string]string{"FirstUserEmail": "ops@example.com", "CustomDomain": "panther.example.com",
		"PipLibraries": "requests,boto3", "SnowflakePassword": "seeded-snowflake-password-3b"})
	s.says(s.run(3, "pulumi", "start", "--yes", "--region", "us-east-1"), "which version is deployed cannot be told")
	s.deploy(cfg, "panther-prod-Bootstrap-1", "1.17.4", bootstrapBody, nil)

	plan := s.run(0, "upgrade", "plan", "--to", "1.19.5", "--stack-name", "panther-prod", "--region", "us-east-1", "-f", "json", "-v")
	s.says(plan, `"from": "v1.17.4"`, `ParameterKey=SnowflakePassword,UsePreviousValue=true`, `ParameterKey=PipLibraries,ParameterValue=boto3 `,
		"--domain-name api.panther.example.com", "ParameterKey=FirstUserEmail,UsePreviousValue=true")
	if strings.Contains(plan, "not all parameters") {
		t.Error("the plan does not know that it knows all parameters")
	}
	s.says(s.run(2, "upgrade", "plan", "--to", "1.19.5", "--stack-name", "other", "--region", "us-east-1"), "there is no such stack: other")

	s.says(s.run(0, "template", "api-alias", "--stack-name", "panther-prod", "--region", "us-east-1", "-v"),
		`Default: "panther.example.com"`, `Default: "d111111abcdef8.cloudfront.net"`, `Default: "Z2FDTNDATAQYW2"`)
	s.says(s.run(0, "template", "api-alias", "--stack-name", "other", "--region", "us-east-1"), "was not read", "AWS::Route53::RecordSet")

	s.says(s.run(1, "pulumi", "start", "--yes", "--region", "us-east-1"), "v1.17.4 has no project panther-pulumi: it comes with v1.22")
	s.says(s.run(2, "pulumi", "start", "--release", "1.22.7", "--region", "us-east-1"), "say --yes")
	s.says(s.run(1, "pulumi", "start", "--release", "1.22.7", "--yes", "--region", "us-east-1"), "there is no CodeBuild project panther-pulumi here")
	_, err := codebuild.NewFromConfig(cfg).CreateProject(context.Background(), &codebuild.CreateProjectInput{
		Name: aws.String("panther-pulumi"), ServiceRole: aws.String("arn:aws:iam::123456789012:role/service-role/panther-pulumi"),
		Artifacts: &cbtypes.ProjectArtifacts{Type: cbtypes.ArtifactsTypeNoArtifacts},
		Source:    &cbtypes.ProjectSource{Type: cbtypes.SourceTypeS3, Location: aws.String("bucket/key")},
		Environment: &cbtypes.ProjectEnvironment{Type: cbtypes.EnvironmentTypeLinuxContainer, Image: aws.String("aws/codebuild/standard:7.0"),
			ComputeType: cbtypes.ComputeTypeBuildGeneral1Small},
	})
	s.must(err)
	s.says(s.run(0, "pulumi", "start", "--release", "1.22.7", "--yes", "--region", "us-east-1"), "started panther-pulumi:", "log https://")
	s.says(s.run(0, "pulumi", "start", "--release", "1.22.7", "--yes", "--wait", "--interval", "100ms", "--region", "us-east-1"), "succeeded")

	s.says(s.run(0, "diagnose", "--stack-name", "panther-prod", "--region", "us-east-1", "-v"), "the last deployment did not fail")
	s.says(s.run(2, "diagnose", "--stack-name", "never", "--region", "us-east-1"), "there is no such stack")
}
