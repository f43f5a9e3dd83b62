package transform

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// seeds removes what goes for its own sake: types that the region lacks, types
// whose use there is ruled out, what the operator names, what the ruleset adds.
func (p *pass) seeds() error {
	for _, t := range p.order {
		for _, r := range t.resources {
			r.gone = p.unavailable(r)
		}
	}
	remove := p.options.Remove
	switch p.options.Ruleset {
	case "", "panther":
		for _, subject := range pantherRemoves {
			if r := p.find(subject); r != nil && r.gone == nil && r.typ == "AWS::CloudFormation::Stack" {
				r.gone = &cause{rule: "panther", reason: "the web application of Panther runs in a region outside China; see the proxy stack", seed: true}
			}
		}
	case "none":
	default:
		return fmt.Errorf("ruleset %q is neither panther nor none", p.options.Ruleset)
	}
	for _, subject := range remove {
		r := p.find(subject)
		if r == nil {
			return fmt.Errorf("--remove %s: the release has no such resource", subject)
		}
		r.gone = &cause{rule: "operator", reason: "the operator asked for it", seed: true}
	}
	return nil
}

// pantherRemoves is what only knowledge of Panther can tell: the web server
// keeps valid types in China and loses only its environment.
var pantherRemoves = []string{"entry#Web"}

// find reads SUBJECT (path of stacks, #, logical id) or FILE#LogicalId.
func (p *pass) find(subject string) *resource {
	place, id, _ := strings.Cut(subject, "#")
	if t, ok := p.templates[place]; ok {
		return t.byID[id]
	}
	t := p.entry
	if place != "entry" {
		for _, step := range strings.Split(place, "/") {
			r := t.byID[step]
			if r == nil || r.child == nil {
				return nil
			}
			t = r.child
		}
	}
	return t.byID[id]
}

// unavailable tells why the region cannot have the resource.
func (p *pass) unavailable(r *resource) *cause {
	if p.lacks(r.typ) {
		_, reason := registry.Offered(p.options.Region, r.typ)
		if reason == "" {
			reason = fmt.Sprintf("%s is not available in %s", r.typ, p.options.Region)
		}
		return &cause{rule: "china-type", reason: reason, seed: true}
	}
	if reason := ruledOutResource(r); reason != "" {
		return &cause{rule: "china-property", reason: reason, seed: true}
	}
	return nil
}

// lacks tells whether the region has no such type. Without a ruleset the
// registry's own list decides, whatever else is known of the type.
func (p *pass) lacks(typ string) bool {
	offered, _ := registry.Offered(p.options.Region, typ)
	return offered == registry.Missing && (p.options.Ruleset != "none" || !registry.Listed(p.options.Region, typ))
}

// ruledOutResource tells why a resource whose type China has cannot be used
// there as it is.
func ruledOutResource(r *resource) string {
	switch r.typ {
	case "AWS::AppSync::GraphQLApi":
		if isLiteral(get(r.props, "AuthenticationType"), "AMAZON_COGNITO_USER_POOLS") {
			return "AppSync in AWS China has no authentication by Cognito user pools"
		}
	case "AWS::ApiGateway::Authorizer":
		if isLiteral(get(r.props, "Type"), "COGNITO_USER_POOLS") {
			return "API Gateway in AWS China has no Cognito authorizers"
		}
	case "AWS::ApiGateway::Method":
		if isLiteral(get(r.props, "AuthorizationType"), "COGNITO_USER_POOLS") {
			return "API Gateway in AWS China has no Cognito authorizers, and the method may not be left open"
		}
	case "AWS::ApiGatewayV2::Authorizer":
		if mentions(at(r.props, "JwtConfiguration", "Issuer"), "cognito-idp") {
			return "the issuer is a Cognito user pool, which AWS China does not have"
		}
	}
	return ""
}
