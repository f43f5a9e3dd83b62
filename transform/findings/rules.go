package findings

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// rules reports properties that do not work in China and that no rewrite can
// mend.
func (s *scanner) rules() {
	for _, rule := range leftRules {
		if rule.typ != s.r.Type {
			continue
		}
		for _, n := range nodesAt(s.r.Props, strings.Split(rule.path, "/")) {
			if rule.value == "" || n.Is(rule.value) {
				s.add(n, rule.rule, rule.severity, rule.message, rule.fix)
			}
		}
	}
}

// nodesAt are the nodes at a path in which * is every item or value.
func nodesAt(n *cfn.Node, steps []string) []*cfn.Node {
	if n == nil {
		return nil
	}
	if len(steps) == 0 {
		return []*cfn.Node{n}
	}
	if steps[0] != "*" {
		return nodesAt(n.Get(steps[0]), steps[1:])
	}
	var out []*cfn.Node
	for _, c := range n.Children() {
		out = append(out, nodesAt(c, steps[1:])...)
	}
	return out
}

var leftRules = []struct{ typ, path, value, rule, severity, message, fix string }{
	{"AWS::CloudFront::Distribution", "DistributionConfig/ViewerCertificate/AcmCertificateArn", "", "cloudfront", "error",
		"CloudFront in China takes IAM server certificates only", "upload the certificate to IAM and name it in IamCertificateId"},
	{"AWS::CloudFront::Distribution", "DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations", "", "cloudfront", "error",
		"Lambda@Edge is not available in China", "remove the associations"},
	{"AWS::CloudFront::Distribution", "DistributionConfig/Origins/*/OriginAccessControlId", "", "cloudfront", "error",
		"origin access control is not available in China", "use an origin access identity"},
	{"AWS::WAFv2::WebACL", "Scope", "CLOUDFRONT", "cloudfront", "error", "WAF works at regional level only in China", "use scope REGIONAL"},
	{"AWS::WAFv2::IPSet", "Scope", "CLOUDFRONT", "cloudfront", "error", "WAF works at regional level only in China", "use scope REGIONAL"},
	{"AWS::DynamoDB::GlobalTable", "MultiRegionConsistency", "STRONG", "property", "error", "strong consistency over regions is not available in China", "use EVENTUAL"},
	{"AWS::Lambda::Function", "PackageType", "Image", "property", "warning", "the image must be in a registry in China", "copy it and name that registry with --ecr-registry"},
	{"AWS::Serverless::Function", "PackageType", "Image", "property", "warning", "the image must be in a registry in China", "copy it and name that registry with --ecr-registry"},
	{"AWS::Lambda::EventSourceMapping", "ProvisionedPollerConfig", "", "property", "warning", "provisioned mode of event sources is not available in China", "remove the property"},
	{"AWS::Lambda::EventSourceMapping", "MetricsConfig", "", "property", "warning", "metrics of event sources are not available in China", "remove the property"},
	{"AWS::Lambda::EventSourceMapping", "LoggingConfig", "", "property", "warning", "logging of event sources is not available in China", "remove the property"},
	{"AWS::Lambda::EventSourceMapping", "Tags", "", "property", "warning", "tags of event sources are not available in China", "remove the property"},
	{"AWS::Lambda::Function", "SnapStart", "", "property", "info", "SnapStart in China is for Java only", "check the runtime"},
	{"AWS::AppSync::ApiCache", "AtRestEncryptionEnabled", "", "property", "warning", "encryption of AppSync caches is not available in China", "remove the property"},
	{"AWS::AppSync::DataSource", "RelationalDatabaseConfig", "", "property", "error", "AppSync in China has no RDS data sources", "use a Lambda data source"},
	{"AWS::Route53::HostedZone", "HostedZoneFeatures", "", "property", "warning", "Route 53 in China has fewer features", "check the feature"},
	{"AWS::Events::Connection", "InvocationConnectivityParameters", "", "property", "warning", "private connections of EventBridge are not available in China", "remove the property"},
	{"AWS::ECS::TaskDefinition", "Volumes/*/S3FilesVolumeConfiguration", "", "property", "warning", "S3 file volumes are not available in China", "remove the property"},
}
