package transform_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/transform"
)

// TestEveryFeatureIsHandled puts every row of the table of features into a
// template: the transform removes or rewrites what the row says, or finds it
// with the words and the severity of the row.
func TestEveryFeatureIsHandled(t *testing.T) {
	seen := map[china.Handler]bool{}
	for typ, rows := range china.Features() {
		for _, row := range rows {
			seen[row.Transform] = true
			for _, region := range []string{registry.Beijing, registry.Ningxia} {
				if offered, _ := registry.Offered(region, typ); offered == registry.Available {
					handled(t, row, region)
				}
			}
		}
	}
	for _, handler := range china.Handlers {
		if !seen[handler] {
			t.Errorf("no row asks for %s", handler)
		}
	}
}

func handled(t *testing.T, row china.Feature, region string) {
	t.Helper()
	text := templateWith(row, refusedValue(t, row))
	result, err := transform.Run(transform.Release{Entry: "t.yml", Files: map[string][]byte{"t.yml": []byte(text)}},
		transform.Options{Region: region, Bucket: "acme-panther", Ruleset: "none"})
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", row.Type, row.Path, err, text)
	}
	if result.Error != nil {
		t.Errorf("%s %s: %v\n%s", row.Type, row.Path, result.Error, text)
		return
	}
	if len(result.Templates) == 0 {
		t.Errorf("%s %s: no template is left of\n%s", row.Type, row.Path, text)
		return
	}
	out := string(result.Templates[0].Body)
	name := row.Path[strings.LastIndexByte(row.Path, '.')+1:]
	var ok bool
	switch row.Transform {
	case china.RemoveProperty:
		ok = !strings.Contains(out, name+":") && strings.Contains(out, row.Type)
	case china.RemoveItem:
		ok = !strings.Contains(out, "marked")
	case china.RemoveResource:
		ok = !strings.Contains(out, "  R:")
	case china.RegionalEndpoint:
		ok = strings.Contains(out, "REGIONAL") && !strings.Contains(out, "EDGE")
	case china.RegionalCertificate:
		ok = strings.Contains(out, "RegionalCertificateArn:") && !strings.Contains(out, " CertificateArn:")
	case china.EndpointService:
		ok = strings.Contains(out, "cn.com.amazonaws."+region+".sqs")
	case china.Report:
		ok = slices.ContainsFunc(result.Findings, func(f transform.Finding) bool {
			return f.ID == "PF-CHN-002" && f.Message == row.Message && f.Fix == row.Fix && (f.Severity == row.Severity || row.Severity == "" && f.Severity == "error")
		})
	default:
		t.Errorf("%s %s: %q is no handler", row.Type, row.Path, row.Transform)
	}
	if !ok {
		t.Errorf("%s %s in %s is not handled as %s:\n%s%v", row.Type, row.Path, region, row.Transform, out, result.Findings)
	}
}

// refusedValue is a value that a row refuses.
func refusedValue(t *testing.T, row china.Feature) string {
	t.Helper()
	switch {
	case row.Present && strings.HasSuffix(row.Path, "Config"):
		return "{marked: x}"
	case row.Present:
		return "marked"
	case row.Services:
		return "com.amazonaws.us-east-1.sqs"
	case row.Mentions != "":
		return "https://" + row.Mentions + ".us-east-1.amazonaws.com/marked"
	}
	for _, text := range []string{
		"AMAZON_COGNITO_USER_POOLS", "COGNITO_USER_POOLS", "Cognito", "authenticate-cognito", "true", "Active", "EDGE", "Image",
		"RELATIONAL_DATABASE", "CLOUDFRONT", "STRONG", "us-east-1a", "us-east-1", "arn:aws-cn:s3:::b",
	} {
		if row.Refuses(text) {
			return text
		}
	}
	t.Fatalf("no value that %s %s refuses", row.Type, row.Path)
	return ""
}

// templateWith is a template of one resource with a value where a row says.
func templateWith(row china.Feature, value string) string {
	steps := row.Steps()
	for i := len(steps) - 1; i >= 0; i-- {
		switch {
		case steps[i] != "*":
			value = fmt.Sprintf("{%s: %s, Comment: kept}", steps[i], value)
		case named[steps[i-1]]:
			value = fmt.Sprintf("{marked: %s}", value)
		default:
			value = fmt.Sprintf("[%s]", value)
		}
	}
	when := ""
	if row.When != nil {
		when = ", " + row.When.Path + ": Interface"
	}
	return fmt.Sprintf("Transform: AWS::Serverless-2016-10-31\nResources:\n  R: {Type: %s, Properties: {%s%s}}\n  Q: {Type: AWS::SQS::Queue}\n",
		row.Type, strings.TrimSuffix(strings.TrimPrefix(value, "{"), "}"), when)
}

// named are the properties whose values have names of the author's.
var named = map[string]bool{"Events": true, "Authorizers": true}

// TestWhatARegionLacksIsFound: a property that the registry of the region lacks
// and no row speaks of stays for a person to decide, who is told.
func TestWhatARegionLacksIsFound(t *testing.T) {
	text := `Conditions: {Private: !Equals [!Ref AWS::Region, x]}
Resources:
  C:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: API_KEY
      AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: a, ApiKeyValue: b}}
      InvocationConnectivityParameters: !If [Private, {ResourceParameters: {ResourceConfigurationArn: x}}, !Ref AWS::NoValue]
  V:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: c
      VpnGatewayId: v
      EnableAcceleration: true
      VpnTunnelOptionsSpecifications: [{IKEVersions: [{Value: ikev2}]}]
`
	result, err := transform.Run(transform.Release{Entry: "t.yml", Files: map[string][]byte{"t.yml": []byte(text)}},
		transform.Options{Region: registry.Beijing, Bucket: "acme-panther", Ruleset: "none"})
	if err != nil || result.Error != nil {
		t.Fatal(err, result.Error)
	}
	if out := string(result.Templates[0].Body); strings.Contains(out, "EnableAcceleration") || !strings.Contains(out, "ikev2") {
		t.Error(out)
	}
	for _, want := range []string{
		"AWS::Events::Connection has no property InvocationConnectivityParameters in cn-north-1",
		"AWS::EC2::VPNConnection has no property VpnTunnelOptionsSpecifications.*.IKEVersions in cn-north-1",
	} {
		if !slices.ContainsFunc(result.Findings, func(f transform.Finding) bool { return f.Message == want && f.Severity == "error" && f.Line > 1 }) {
			t.Errorf("not found: %s\n%v", want, result.Findings)
		}
	}
}

// TestAnEntryIsFoundOnce: a zone of another partition is a row of the features,
// and a text that names a region; one of the two is enough.
func TestAnEntryIsFoundOnce(t *testing.T) {
	text := "Resources:\n  S: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-east-1a}}\n"
	result, err := transform.Run(transform.Release{Entry: "t.yml", Files: map[string][]byte{"t.yml": []byte(text)}},
		transform.Options{Region: registry.Beijing, Bucket: "acme-panther", Ruleset: "none"})
	if err != nil || result.Error != nil || len(result.Findings) != 1 {
		t.Fatal(err, result.Findings)
	}
}
