package remove

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// ruledOut is the cause of the loss of a property that China does not have,
// though it has the resource type.
func (p *run) ruledOut(w *refChecker, n *cfn.Node, path string) *plan.Cause {
	if w.r == nil || path == "" {
		return nil
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	rule, ok := propertyRules[last]
	if !ok {
		rule = listRules[w.typ]
		if rule == nil {
			return nil
		}
	}
	if reason := rule(w.typ, path, n); reason != "" {
		return &plan.Cause{Rule: "china-property", Reason: reason, Direct: true}
	}
	return nil
}

type propertyRule func(typ, path string, n *cfn.Node) string

func serverlessOrLambda(typ string) bool {
	return typ == "AWS::Lambda::Function" || typ == "AWS::Serverless::Function" || typ == "AWS::Serverless::StateMachine"
}

// propertyRules are found by the last step of the path.
var propertyRules = map[string]propertyRule{
	"Mode": func(typ, path string, n *cfn.Node) string {
		if typ == "AWS::Lambda::Function" && path == "/TracingConfig/Mode" && n.Is("Active") {
			return noXRay
		}
		return ""
	},
	"Tracing": func(typ, path string, n *cfn.Node) string {
		if serverlessOrLambda(typ) && path == "/Tracing" && n.Is("Active") {
			return noXRay
		}
		return ""
	},
	"XrayEnabled":    literalTrue("AWS::AppSync::GraphQLApi", "/XrayEnabled", noXRay),
	"TracingEnabled": tracingEnabled,
	"CodeSigningConfigArn": func(typ, path string, _ *cfn.Node) string {
		if serverlessOrLambda(typ) && path == "/CodeSigningConfigArn" {
			return "code signing of Lambda functions is not available in AWS China"
		}
		return ""
	},
	"DefinitionString": func(typ, path string, n *cfn.Node) string {
		if typ == "AWS::StepFunctions::StateMachine" && path == "/DefinitionString" {
			return plan.MissingIntegration(n)
		}
		return ""
	},
	"AccelerateConfiguration": func(typ, path string, _ *cfn.Node) string {
		if typ == "AWS::S3::Bucket" {
			return "S3 transfer acceleration is not available in AWS China"
		}
		return ""
	},
	"FunctionUrlConfig": func(typ, path string, _ *cfn.Node) string {
		if typ == "AWS::Serverless::Function" {
			return "Lambda function URLs are not available in AWS China"
		}
		return ""
	},
}

const noXRay = "X-Ray tracing of this service is not available in AWS China"

func tracingEnabled(typ, path string, n *cfn.Node) string {
	if (typ == "AWS::ApiGateway::Stage" || typ == "AWS::Serverless::Api") && path == "/TracingEnabled" && (n.Is("true") || n.Is("True")) {
		return noXRay
	}
	return ""
}

func literalTrue(wantType, wantPath, reason string) propertyRule {
	return func(typ, path string, n *cfn.Node) string {
		if value, ok := n.Scalar(); ok && typ == wantType && path == wantPath && strings.EqualFold(value, "true") {
			return reason
		}
		return ""
	}
}

const noPool = "Cognito user pools are not available in AWS China"

// listRules judge items of lists and maps of one type.
var listRules = map[string]propertyRule{
	"AWS::AppSync::GraphQLApi": func(_, path string, n *cfn.Node) string {
		if path == "/AdditionalAuthenticationProviders/*" && n.Get("AuthenticationType").Is("AMAZON_COGNITO_USER_POOLS") {
			return noPool
		}
		return ""
	},
	"AWS::ElasticLoadBalancingV2::Listener":     cognitoAction,
	"AWS::ElasticLoadBalancingV2::ListenerRule": cognitoAction,
	"AWS::Serverless::Function":                 cognitoEvent,
	"AWS::Serverless::StateMachine":             cognitoEvent,
	"AWS::Serverless::Api":                      cognitoAuthorizer,
	"AWS::Serverless::HttpApi":                  cognitoAuthorizer,
}

func cognitoAction(_, path string, n *cfn.Node) string {
	if (path == "/DefaultActions/*" || path == "/Actions/*") && n.Get("Type").Is("authenticate-cognito") {
		return noPool
	}
	return ""
}

func cognitoEvent(_, path string, n *cfn.Node) string {
	if strings.HasPrefix(path, "/Events/") && strings.Count(path, "/") == 2 && n.Get("Type").Is("Cognito") {
		return noPool
	}
	return ""
}

func cognitoAuthorizer(_, path string, n *cfn.Node) string {
	if !strings.HasPrefix(path, "/Auth/Authorizers/") || strings.Count(path, "/") != 3 {
		return ""
	}
	if n.Get("UserPoolArn") != nil || mentions(n.At("JwtConfiguration", "issuer"), "cognito-idp") || mentions(n.At("JwtConfiguration", "Issuer"), "cognito-idp") {
		return noPool
	}
	return ""
}

// mentions tells whether a text stands in any scalar below n.
func mentions(n *cfn.Node, part string) bool {
	if n == nil {
		return false
	}
	if n.IsScalar() {
		return strings.Contains(n.Text, part)
	}
	return slices.ContainsFunc(n.Children(), func(c *cfn.Node) bool { return mentions(c, part) })
}
