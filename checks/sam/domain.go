package sam

import (
	"regexp"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// restDomain generates the custom domain of a REST API.
func (g *generator) restDomain(r *cfn.Resource, id string, d *cfn.Node, m cfn.Maker) {
	if !d.IsMap() {
		return
	}
	name := d.Get("DomainName")
	if name == nil {
		g.unknown(r, d, "the domain of the API has no name")
		return
	}
	kind, mapping, prefix := "AWS::ApiGateway::DomainName", "AWS::ApiGateway::BasePathMapping", "ApiGatewayDomainName"
	if endpoint, _ := g.text(d.Get("EndpointConfiguration")); endpoint == "PRIVATE" {
		kind, mapping, prefix = "AWS::ApiGateway::DomainNameV2", "AWS::ApiGateway::BasePathMappingV2", "ApiGatewayDomainNameV2"
	}
	domain := prefix + g.hash(name)
	g.add(r, domain, kind, m.Map("DomainName", name, "CertificateArn", d.Get("CertificateArn"), "SecurityPolicy", d.Get("SecurityPolicy")))
	g.mappings(r, id, d, mapping, "BasePathMapping", domain, m)
	if a := d.Get("AccessAssociation"); a != nil {
		g.add(r, "DomainNameAccessAssociation"+g.hash(name), "AWS::ApiGateway::DomainNameAccessAssociation", m.Map("DomainNameArn", m.Ref(domain)))
	}
	g.records(r, d.Get("Route53"), name, m)
}

// httpDomain generates the custom domain of an HTTP or WebSocket API.
func (g *generator) httpDomain(r *cfn.Resource, id string, d *cfn.Node, m cfn.Maker) {
	if !d.IsMap() {
		return
	}
	name := d.Get("DomainName")
	if name == nil {
		g.unknown(r, d, "the domain of the API has no name")
		return
	}
	domain := "ApiGatewayDomainNameV2" + g.hash(name)
	g.add(r, domain, "AWS::ApiGatewayV2::DomainName", m.Map("DomainName", name))
	g.mappings(r, id, d, "AWS::ApiGatewayV2::ApiMapping", "ApiMapping", domain, m)
	g.records(r, d.Get("Route53"), name, m)
}

var separators = regexp.MustCompile(`[-_/]+`)

// mappings join an API to its domain, one for each base path.
func (g *generator) mappings(r *cfn.Resource, id string, d *cfn.Node, kind, ending, domain string, m cfn.Maker) {
	paths := d.Get("BasePath")
	if paths == nil {
		g.add(r, id+ending, kind, m.Map("DomainName", m.Ref(domain), "RestApiId", m.Ref(id)))
		return
	}
	for _, path := range paths.Texts() {
		g.add(r, id+separators.ReplaceAllString(path, "")+ending, kind, m.Map("DomainName", m.Ref(domain), "BasePath", m.Text(path)))
	}
	if paths.Kind == cfn.Call {
		g.unknown(r, paths, "the base paths of the domain are not written out")
	}
}

// records generate the group of DNS records of a domain; domains of one hosted
// zone share it unless they ask for one of their own.
func (g *generator) records(r *cfn.Resource, route, domain *cfn.Node, m cfn.Maker) {
	zone := orElse(route.Get("HostedZoneId"), route.Get("HostedZoneName"))
	if zone == nil {
		return
	}
	hash := g.hash(zone)
	if separate, _ := g.flag(route.Get("SeparateRecordSetGroup"), false); separate {
		hash = digits([]any{g.plain(zone), g.plain(domain)})
	}
	g.add(r, "RecordSetGroup"+hash, "AWS::Route53::RecordSetGroup", m.Map("HostedZoneId", route.Get("HostedZoneId"), "HostedZoneName", route.Get("HostedZoneName")))
}
