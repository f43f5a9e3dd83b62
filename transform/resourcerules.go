package transform

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// resourceRules are the rewrites that look at a resource as a whole.
func (s *speller) resourceRules() {
	switch s.r.typ {
	case "AWS::ApiGateway::RestApi":
		s.regional("EndpointConfiguration", true)
		s.importedRegional()
	case "AWS::ApiGateway::DomainName":
		s.regional("EndpointConfiguration", true)
		s.renameCertificate()
	case "AWS::Serverless::Api":
		s.regional("EndpointConfiguration", false)
		if domain := get(s.r.props, "Domain"); domain != nil {
			s.regionalScalar(get(domain, "EndpointConfiguration"))
		}
	}
}

const edgeReason = "edge-optimised endpoints are not available in AWS China"

// regional turns edge endpoints into regional ones, and states it where the
// default would be edge.
func (s *speller) regional(name string, insert bool) {
	config := s.left(get(s.r.props, name))
	if config == nil {
		if insert {
			s.insertRegional(name)
		}
		return
	}
	s.regionalScalar(config)
	s.regionalScalar(get(config, "Type"))
	types := s.left(get(config, "Types"))
	if types == nil {
		if insert && config.Kind == yaml.MappingNode && len(config.Content) > 0 && !isCallNode(config) {
			s.t.edits.Insert(config, "Types", regionalTypes())
			s.p.change(s.t, config, "insert", "regional-endpoint", edgeReason)
		}
		return
	}
	regional := false
	for _, c := range types.Content {
		regional = regional || isLiteral(c, "REGIONAL")
	}
	for _, c := range types.Content {
		switch {
		case !isLiteral(c, "EDGE"):
		case regional:
			s.t.edits.Delete(c)
			s.p.change(s.t, c, "remove", "regional-endpoint", edgeReason)
		default:
			s.regionalScalar(c)
		}
	}
}

// left is n unless the repair removed it.
func (s *speller) left(n *yaml.Node) *yaml.Node {
	if n == nil || s.t.edits.Deleted(n) {
		return nil
	}
	return n
}

func isCallNode(n *yaml.Node) bool {
	_, ok := intrinsic(n)
	return ok
}

func (s *speller) regionalScalar(n *yaml.Node) {
	if n != nil && isLiteral(n, "EDGE") {
		s.t.edits.SetValue(n, "REGIONAL")
		s.rewrote(n, "EDGE", "REGIONAL", "regional-endpoint")
	}
}

func regionalTypes() *yaml.Node {
	types := sequence(edit.Text("REGIONAL"))
	types.Style = yaml.FlowStyle
	return types
}

func (s *speller) insertRegional(name string) {
	config := mapping("Types", regionalTypes())
	if s.left(s.r.props) == nil {
		s.t.edits.Insert(s.r.node, "Properties", mapping(name, config))
	} else {
		s.t.edits.Insert(s.r.props, name, config)
	}
	s.p.change(s.t, s.r.node, "insert", "regional-endpoint", edgeReason+", and that is the default")
}

// importedRegional tells the import of an API definition the same.
func (s *speller) importedRegional() {
	if s.left(s.r.props) == nil || get(s.r.props, "Body") == nil && get(s.r.props, "BodyS3Location") == nil {
		return
	}
	const key = "endpointConfigurationTypes"
	params := s.left(get(s.r.props, "Parameters"))
	switch now := get(params, key); {
	case params == nil:
		s.t.edits.Insert(s.r.props, "Parameters", mapping(key, edit.Text("REGIONAL")))
	case now == nil:
		s.t.edits.Insert(params, key, edit.Text("REGIONAL"))
	case isLiteral(now, "EDGE"):
		s.t.edits.SetValue(now, "REGIONAL")
	default:
		return
	}
	s.p.change(s.t, s.r.props, "insert", "regional-endpoint", "an imported API takes its endpoint type from the import")
}

// renameCertificate moves the certificate of an edge domain to where a regional
// one has it.
func (s *speller) renameCertificate() {
	old := get(s.r.props, "CertificateArn")
	if old == nil || get(s.r.props, "RegionalCertificateArn") != nil || s.t.edits.Deleted(old) {
		return
	}
	with := s.t.edits.Now(old)
	s.t.edits.Delete(old)
	s.t.edits.Insert(s.r.props, "RegionalCertificateArn", with)
	s.p.change(s.t, old, "rewrite", "regional-endpoint", "CertificateArn becomes RegionalCertificateArn: the endpoint is regional")
}
