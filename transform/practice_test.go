package transform

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// TestNotesOfPractice demands a remark, with its source, for what is public in
// China, and none for what asks for credentials of AWS or is private.
func TestNotesOfPractice(t *testing.T) {
	const certified = "DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: o, ViewerProtocolPolicy: https-only}, Origins: [{Id: o, DomainName: d.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]"
	for name, c := range map[string]struct {
		resource string
		want     bool
	}{
		"open method":        {"{Type: AWS::ApiGateway::Method, Properties: {RestApiId: a, ResourceId: b, HttpMethod: GET, AuthorizationType: NONE}}", true},
		"lambda authorizer":  {"{Type: AWS::ApiGateway::Method, Properties: {RestApiId: a, ResourceId: b, HttpMethod: GET, AuthorizationType: CUSTOM, AuthorizerId: c}}", true},
		"signed method":      {"{Type: AWS::ApiGateway::Method, Properties: {RestApiId: a, ResourceId: b, HttpMethod: GET, AuthorizationType: AWS_IAM}}", false},
		"preflight":          {"{Type: AWS::ApiGateway::Method, Properties: {RestApiId: a, ResourceId: b, HttpMethod: OPTIONS, AuthorizationType: NONE}}", false},
		"open route":         {"{Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: a, RouteKey: $default}}", true},
		"serverless API":     {"{Type: AWS::Serverless::Api, Properties: {StageName: a, DefinitionUri: 's3://a/b'}}", true},
		"private API":        {"{Type: AWS::Serverless::Api, Properties: {StageName: a, DefinitionUri: 's3://a/b', EndpointConfiguration: {Type: PRIVATE}}}", false},
		"implicit API":       {"{Type: AWS::Serverless::Function, Properties: {InlineCode: a, Handler: a.b, Runtime: python3.12, Events: {E: {Type: Api, Properties: {Path: /, Method: get}}}}}", true},
		"signed event":       {"{Type: AWS::Serverless::Function, Properties: {InlineCode: a, Handler: a.b, Runtime: python3.12, Events: {E: {Type: Api, Properties: {Path: /, Method: get, Auth: {Authorizer: AWS_IAM}}}}}}", false},
		"no API":             {"{Type: AWS::Serverless::Function, Properties: {InlineCode: a, Handler: a.b, Runtime: python3.12}}", false},
		"domain":             {"{Type: AWS::ApiGateway::DomainName, Properties: {DomainName: a.example.com, EndpointConfiguration: {Types: [REGIONAL]}}}", true},
		"balancer":           {"{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}", true},
		"internal balancer":  {"{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b], Scheme: internal}}", false},
		"website":            {"{Type: AWS::S3::Bucket, Properties: {WebsiteConfiguration: {IndexDocument: a}}}", true},
		"bucket":             {"{Type: AWS::S3::Bucket}", false},
		"default domain":     {"{Type: AWS::CloudFront::Distribution, Properties: {" + certified + "}}}", true},
		"certificate in IAM": {"{Type: AWS::CloudFront::Distribution, Properties: {" + certified + ", ViewerCertificate: {IamCertificateId: a, SslSupportMethod: sni-only}}}}", false},
	} {
		r, err := Run(plan.Release{Entry: "a.yml", Files: map[string][]byte{"a.yml": []byte("Transform: AWS::Serverless-2016-10-31\nResources:\n  R: " + c.resource + "\n")}},
			plan.Options{Region: "cn-north-1", Bucket: "acme", Ruleset: "none"})
		if err != nil || r.Error != nil {
			t.Fatal(name, err, r.Error)
		}
		got := 0
		for _, f := range r.Findings {
			if f.Severity == "info" && f.ID == "PF-CHN-002" && strings.Contains(f.Fix, "https://docs.amazonaws.cn/") {
				got++
			}
		}
		if got > 1 || (got == 1) != c.want {
			t.Errorf("%s: %d remarks in %+v", name, got, r.Findings)
		}
	}
}
