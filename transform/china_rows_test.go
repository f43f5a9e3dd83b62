package transform_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/transform"
)

func inChina(t *testing.T, text, region string) string {
	t.Helper()
	r, err := transform.Run(transform.Release{Entry: "t.yml", Files: map[string][]byte{"t.yml": []byte(text)}},
		transform.Options{Region: region, Bucket: "acme-panther", Ruleset: "none"})
	if err != nil || r.Error != nil {
		t.Fatalf("%v %v\n%s", err, r.Error, text)
	}
	return string(r.Templates[0].Body)
}

// TestEveryPrincipalIsRight runs every service, form and place of the table
// through the transform: what it makes is right by the same table, and what was
// right is as it was written.
func TestEveryPrincipalIsRight(t *testing.T) {
	for _, row := range china.Principals() {
		service := strings.Replace(row.Service, "*", "monitoring.rds", 1)
		for _, place := range []string{"", ".us-east-1", ".cn-north-1", ".${AWS::Region}"} {
			for _, suffix := range []string{".amazonaws.com", ".amazonaws.com.cn", ".${AWS::URLSuffix}"} {
				text := service + place + suffix
				out := inChina(t, fmt.Sprintf(trust, text), registry.Beijing)
				_, after, _ := strings.Cut(out, "Service: ")
				after, _, _ = strings.Cut(strings.TrimPrefix(after, "!Sub "), "}, Action")
				after = strings.Trim(after, "'")
				p, ok := china.ParsePrincipal(after)
				before, _ := china.ParsePrincipal(text)
				if !ok || !p.Right() || before.Right() && after != text {
					t.Errorf("%s becomes %s", text, after)
				}
			}
		}
	}
}

const trust = `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: !Sub '%s'}, Action: 'sts:AssumeRole'}
`

// TestIssuers: the issuer of an EKS cluster is a host, also in the name of its
// provider and in the condition keys. One of another region is of a cluster that
// China does not have, and stays.
func TestIssuers(t *testing.T) {
	template := `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRoleWithWebIdentity
            Principal: {Federated: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/PROVIDER/id/A'}
            Condition: {StringEquals: {KEY/id/A:aud: sts.amazonaws.com}}
`
	for _, c := range [][4]string{
		{"oidc.eks.${AWS::Region}.amazonaws.com", "oidc.eks.cn-north-1.amazonaws.com", "oidc.eks.${AWS::Region}.amazonaws.com.cn", "oidc.eks.cn-north-1.amazonaws.com.cn"},
		{"oidc.eks.us-east-1.amazonaws.com", "oidc.eks.us-east-1.amazonaws.com", "oidc.eks.us-east-1.amazonaws.com", "oidc.eks.us-east-1.amazonaws.com"},
		{"oidc.eks.cn-north-1.amazonaws.com.cn", "oidc.eks.cn-north-1.amazonaws.com.cn", "oidc.eks.cn-north-1.amazonaws.com.cn", "oidc.eks.cn-north-1.amazonaws.com.cn"},
		{"token.actions.githubusercontent.com", "token.actions.githubusercontent.com", "token.actions.githubusercontent.com", "token.actions.githubusercontent.com"},
	} {
		in := strings.NewReplacer("PROVIDER", c[0], "KEY", c[1]).Replace(template)
		out := inChina(t, in, registry.Beijing)
		if !strings.Contains(out, "oidc-provider/"+c[2]+"/id/A") || !strings.Contains(out, c[3]+"/id/A:aud") {
			t.Errorf("%q becomes\n%s", c, out)
		}
	}
}

// TestIssuersInResources: a policy about providers names their issuers too, one
// for all regions among them.
func TestIssuersInResources(t *testing.T) {
	template := `Resources:
  R:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Deny, Action: 'iam:CreateOpenIDConnectProvider', NotResource: [!Sub 'arn:aws:iam::*:oidc-provider/ISSUER', !Sub 'arn:aws:iam::*:oidc-provider/ISSUER/*']}
`
	for issuer, want := range map[string]string{
		"oidc.eks.*.amazonaws.com":                  "oidc.eks.*.amazonaws.com.cn",
		"oidc.eks.${AWS::Region}.amazonaws.com":     "oidc.eks.${AWS::Region}.amazonaws.com.cn",
		"oidc.eks.cn-north-1.amazonaws.com":         "oidc.eks.cn-north-1.amazonaws.com.cn",
		"oidc.eks.cn-north-1.amazonaws.com.cn":      "oidc.eks.cn-north-1.amazonaws.com.cn",
		"oidc.eks.${AWS::Region}.${AWS::URLSuffix}": "oidc.eks.${AWS::Region}.${AWS::URLSuffix}",
		"token.actions.githubusercontent.com":       "token.actions.githubusercontent.com",
	} {
		out := inChina(t, strings.ReplaceAll(template, "ISSUER", issuer), registry.Beijing)
		if !strings.Contains(out, "'arn:aws-cn:iam::*:oidc-provider/"+want+"', ") || !strings.Contains(out, "'arn:aws-cn:iam::*:oidc-provider/"+want+"/*']") {
			t.Errorf("%s becomes\n%s", issuer, out)
		}
	}
}

// TestEveryTwinIsSwappedOnce puts every identifier of the table where it is used.
func TestEveryTwinIsSwappedOnce(t *testing.T) {
	for _, twin := range china.Twins() {
		text := twinTemplates[twin.Kind]
		if text == "" {
			t.Fatalf("no template for twins of kind %s", twin.Kind)
		}
		for _, id := range twin.AWS {
			in := strings.ReplaceAll(strings.ReplaceAll(text, "ID", id), "NAME", exampleNames[twin.What])
			out := inChina(t, in, registry.Beijing)
			if strings.Contains(out, id) || !strings.Contains(out, twin.In(registry.Beijing)) {
				t.Errorf("%s %s:\n%s", twin.What, id, out)
			}
			if again := inChina(t, out, registry.Beijing); again != out {
				t.Errorf("%s %s changes again:\n%s", twin.What, id, again)
			}
		}
	}
}

var exampleNames = map[string]string{
	"CloudWatch Lambda Insights": "LambdaInsightsExtension", "AWS AppConfig agent": "AWS-AppConfig-Extension",
	"AWS Parameters and Secrets": "AWS-Parameters-and-Secrets-Lambda-Extension", "Powertools for AWS Lambda": "AWSLambdaPowertoolsPythonV3-python312-x86_64",
	"Lambda Web Adapter": "LambdaAdapterLayerX86", "AWS SDK for pandas": "AWSSDKPandas-Python312",
	"rotation of secrets": "SecretsManagerRDSPostgreSQLRotationSingleUser", "AWS Deep Learning Containers": "pytorch-inference",
	"App Mesh Envoy": "aws-appmesh-envoy", "Amazon EKS add-ons": "eks/coredns",
}

var twinTemplates = map[china.Kind]string{
	china.Layer: `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: a.b
      Role: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/r'
      Code: {ZipFile: x}
      Layers:
        - !Sub 'arn:aws:lambda:${AWS::Region}:ID:layer:NAME:21'
        - 'arn:aws:lambda:us-east-1:ID:layer:NAME:21'
        - !Sub 'arn:${AWS::Partition}:lambda:${AWS::Region}:ID:layer:NAME:21'
`,
	china.Account: `Resources:
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: b
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {AWS: 'arn:aws:iam::ID:root'}, Action: 's3:PutObject', Resource: !Sub 'arn:${AWS::Partition}:s3:::b/*'}
          - {Effect: Allow, Principal: {AWS: ['ID']}, Action: 's3:PutObject', Resource: !Sub 'arn:${AWS::Partition}:s3:::b/*'}
`,
	china.Application: `Transform: AWS::Serverless-2016-10-31
Resources:
  A:
    Type: AWS::Serverless::Application
    Properties:
      Location: {ApplicationId: 'arn:aws:serverlessrepo:us-east-1:ID:applications/NAME', SemanticVersion: 1.1.618}
`,
	china.Registry: `Resources:
  T:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {Name: a, Image: 'ID.dkr.ecr.us-east-1.amazonaws.com/NAME:1'}
        - {Name: b, Image: !Sub 'ID.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/NAME:1'}
`,
	china.Zone: `Resources:
  R:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneId: Z0123456789ABC, Name: a.example.com, Type: A, AliasTarget: {HostedZoneId: ID, DNSName: d.example.com}}
`,
}

// TestRotationVersion: each application has versions of its own in China, and an
// application that is not published there has no twin.
func TestRotationVersion(t *testing.T) {
	template := strings.ReplaceAll(twinTemplates[china.Application], "ID", "297356227824")
	for name, version := range map[string]string{
		"SecretsManagerRDSMySQLRotationSingleUser":   "1.1.440",
		"SecretsManagerRDSMariaDBRotationSingleUser": "1.1.442",
		"SecretsManagerRDSDb2RotationMultiUser":      "1.1.240",
	} {
		out := inChina(t, strings.ReplaceAll(template, "NAME", name), registry.Ningxia)
		if !strings.Contains(out, "arn:aws-cn:serverlessrepo:cn-north-1:193023089310:applications/"+name) || !strings.Contains(out, version) {
			t.Error(out)
		}
	}
	if _, ok := china.TwinOf(china.Application, "297356227824", "SecretsManagerRotationTemplate"); ok {
		t.Error("an application that AWS China does not have has a twin there")
	}
}

// TestNoTwinWithoutASource holds layers back that are published outside China only.
func TestNoTwinWithoutASource(t *testing.T) {
	for account, name := range map[string]string{
		"580247275435": "LambdaInsightsExtension-Other", "027255383542": "AWS-AppConfig-Extension-Arm64",
		"177933569100": "AWS-Parameters-and-Secrets-Lambda-Extension-Arm64", "017000801446": "AWSLambdaPowertoolsPythonV2",
		"094274105915": "AWSLambdaPowertoolsTypeScript", "753240598075": "LambdaAdapterLayerArm64", "336392948345": "AWSSDKPandas-Python312-Arm64", "761377655185": "LambdaInsightsExtension",
	} {
		if twin, ok := china.TwinOf(china.Layer, account, name); ok {
			t.Errorf("%s of %s is said to be %s in China", name, account, twin.What)
		}
	}
}

// TestStateMachineWithoutItsTarget: what a state machine calls is read in every
// way to write its definition.
func TestStateMachineWithoutItsTarget(t *testing.T) {
	for _, definition := range []string{
		`DefinitionString: '{"States":{"X":{"Resource":"arn:aws:states:::http:invoke"}}}'`,
		`DefinitionString: !Sub '{"States":{"X":{"Resource":"arn:${AWS::Partition}:states:::http:invoke.waitForTaskToken"}}}'`,
		`DefinitionString: !Sub ['{"States":{"X":{"Resource":"arn:${P}:states:::aws-sdk:sesv2:sendEmail"}}}', {P: !Ref AWS::Partition}]`,
		`DefinitionString: !Join ['', ['{"States":{"X":{"Resource":"arn:', !Ref AWS::Partition, ':states:::http:invoke","R":"', !GetAtt [Role, Arn], '"}}}']]`,
		`DefinitionString: !Join ['', [!Sub ['{"R":"${R}",', {R: !ImportValue r}], '"States":{"X":{"Resource":"arn:aws-cn:states:::http:invoke"}}}']]`,
		`Definition: {States: {X: {Resource: !Sub 'arn:${AWS::Partition}:states:::http:invoke'}}}`,
		`Definition: {States: {X: {Resource: !Join [':', [arn, !Ref AWS::Partition, 'states:::http:invoke']]}}}`,
	} {
		if out := inChina(t, fmt.Sprintf(stateMachine, definition), registry.Beijing); strings.Contains(out, "StateMachine") {
			t.Errorf("%s is kept", definition)
		}
	}
	kept := `DefinitionString: !Sub '{"States":{"X":{"Resource":"arn:${AWS::Partition}:states:::lambda:invoke"}}}'`
	if out := inChina(t, fmt.Sprintf(stateMachine, kept), registry.Beijing); !strings.Contains(out, kept) {
		t.Errorf("%s is not kept:\n%s", kept, out)
	}
}

const stateMachine = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: states.amazonaws.com}, Action: 'sts:AssumeRole'}]}}
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      %s
`
