package chinatypes

import "strings"

// Override is one correction of the registry: presence of a schema in a region
// does not mean that the service works there.
type Override struct {
	Type      string // a type, or a namespace that ends in "::"
	Region    string // empty for both
	Available bool
	Reason    string
}

// Overrides win over the type lists, both ways.
var overrides = []Override{
	{"AWS::Lambda::Url", "", false, "function URLs are not available in the China regions, whatever the registry lists"},
	{"AWS::Cognito::UserPool", "", false, "Cognito user pools are not available in the China regions"},
	{"AWS::Cognito::UserPoolClient", "", false, "Cognito user pools are not available in the China regions"},
	{"AWS::Cognito::UserPoolDomain", "", false, "Cognito user pools are not available in the China regions"},
	{"AWS::CloudFront::OriginAccessControl", "", false, "origin access control is not available in the China regions"},
	{"AWS::CloudFront::Function", "", false, "CloudFront functions are not available in the China regions"},
	{"AWS::CloudFront::KeyValueStore", "", false, "CloudFront key value stores are not available in the China regions"},
}

func override(region, typ string) (Override, bool) {
	for _, o := range overrides {
		if o.Type == typ && (o.Region == "" || o.Region == region) {
			return o, true
		}
	}
	return Override{}, false
}

// doubts are types that the registry of a China region lists and that other
// sources of AWS doubt. They stay available; a reader should look twice.
var doubts = []Override{
	{"AWS::AppSync::", Ningxia, true, "AppSync is documented for Beijing only"},
	{"AWS::WAF::", "", true, "WAF classic has no endpoint in the China regions; WAF works at regional level only"},
	{"AWS::FMS::", "", true, "Firewall Manager is documented as not available"},
	{"AWS::SDB::", "", true, "SimpleDB has no endpoint in the China regions"},
	{"AWS::DataPipeline::", "", true, "Data Pipeline has no endpoint in the China regions"},
	{"AWS::Cloud9::", "", true, "Cloud9 has no endpoint in the China regions"},
	{"AWS::LaunchWizard::", "", true, "Launch Wizard has no endpoint in the China regions"},
	{"AWS::AppStream::", Ningxia, true, "AppStream has no endpoint in Ningxia"},
	{"AWS::FraudDetector::List", Ningxia, true, "Fraud Detector has no endpoint in Ningxia"},
	{"AWS::WorkSpaces::Workspace", Beijing, true, "WorkSpaces has an endpoint in Ningxia only"},
	{"AWS::XRay::", "", true, "X-Ray does not work with Lambda functions in the China regions"},
	{"AWS::CertificateManager::Certificate", "", true, "CloudFront in China takes IAM server certificates only, not ACM ones"},
}

// Reason says why the override table answers as it does; empty where the type
// lists alone decide.
func Reason(region, typ string) string {
	if o, ok := override(region, typ); ok {
		return o.Reason
	}
	return ""
}

// Doubt names what speaks against a type that is listed as available; empty
// for most.
func Doubt(region, typ string) string {
	for _, o := range doubts {
		match := o.Type == typ || strings.HasSuffix(o.Type, "::") && strings.HasPrefix(typ, o.Type)
		if match && (o.Region == "" || o.Region == region) {
			return o.Reason
		}
	}
	return ""
}
