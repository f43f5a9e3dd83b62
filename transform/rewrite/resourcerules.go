package rewrite

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// resourceRules are the rewrites that look at a resource as a whole.
func (s *rewriter) resourceRules() {
	switch s.r.Type {
	case "AWS::ApiGateway::RestApi":
		s.regional("EndpointConfiguration", true)
		s.importedRegional()
	case "AWS::ApiGateway::DomainName":
		s.regional("EndpointConfiguration", true)
		s.renameCertificate()
	case "AWS::Serverless::Api":
		s.regional("EndpointConfiguration", false)
		if domain := syntax.Get(s.r.Props, "Domain"); domain != nil {
			s.regionalScalar(syntax.Get(domain, "EndpointConfiguration"))
		}
	}
}

const edgeReason = "edge-optimised endpoints are not available in AWS China"

// regional turns edge endpoints into regional ones, and states it where the
// default would be edge.
func (s *rewriter) regional(name string, insert bool) {
	config := s.left(syntax.Get(s.r.Props, name))
	if config == nil {
		if insert {
			s.insertRegional(name)
		}
		return
	}
	s.regionalScalar(config)
	s.regionalScalar(syntax.Get(config, "Type"))
	types := s.left(syntax.Get(config, "Types"))
	if types == nil {
		if insert && config.Kind == yaml.MappingNode && len(config.Content) > 0 && !syntax.IsCallNode(config) {
			s.t.Edits.Insert(config, "Types", regionalTypes())
			s.p.Change(s.t, config, "insert", "regional-endpoint", edgeReason)
		}
		return
	}
	regional := false
	for _, c := range types.Content {
		regional = regional || syntax.IsLiteral(c, "REGIONAL")
	}
	for _, c := range types.Content {
		switch {
		case !syntax.IsLiteral(c, "EDGE"):
		case regional:
			s.t.Edits.Delete(c)
			s.p.Change(s.t, c, "remove", "regional-endpoint", edgeReason)
		default:
			s.regionalScalar(c)
		}
	}
}

// left is n unless the repair removed it.
func (s *rewriter) left(n *yaml.Node) *yaml.Node {
	if n == nil || s.t.Edits.Deleted(n) {
		return nil
	}
	return n
}

func (s *rewriter) regionalScalar(n *yaml.Node) {
	if n != nil && syntax.IsLiteral(n, "EDGE") {
		s.t.Edits.SetValue(n, "REGIONAL")
		s.rewrote(n, "EDGE", "REGIONAL", "regional-endpoint")
	}
}

func regionalTypes() *yaml.Node {
	types := syntax.Sequence(edit.Text("REGIONAL"))
	types.Style = yaml.FlowStyle
	return types
}

func (s *rewriter) insertRegional(name string) {
	config := syntax.Mapping("Types", regionalTypes())
	if s.left(s.r.Props) == nil {
		s.t.Edits.Insert(s.r.Node, "Properties", syntax.Mapping(name, config))
	} else {
		s.t.Edits.Insert(s.r.Props, name, config)
	}
	s.p.Change(s.t, s.r.Node, "insert", "regional-endpoint", edgeReason+", and that is the default")
}

// importedRegional tells the import of an API definition the same.
func (s *rewriter) importedRegional() {
	if s.left(s.r.Props) == nil || syntax.Get(s.r.Props, "Body") == nil && syntax.Get(s.r.Props, "BodyS3Location") == nil {
		return
	}
	const key = "endpointConfigurationTypes"
	params := s.left(syntax.Get(s.r.Props, "Parameters"))
	switch now := syntax.Get(params, key); {
	case params == nil:
		s.t.Edits.Insert(s.r.Props, "Parameters", syntax.Mapping(key, edit.Text("REGIONAL")))
	case now == nil:
		s.t.Edits.Insert(params, key, edit.Text("REGIONAL"))
	case syntax.IsLiteral(now, "EDGE"):
		s.t.Edits.SetValue(now, "REGIONAL")
	default:
		return
	}
	s.p.Change(s.t, s.r.Props, "insert", "regional-endpoint", "an imported API takes its endpoint type from the import")
}

// renameCertificate moves the certificate of an edge domain to where a regional
// one has it.
func (s *rewriter) renameCertificate() {
	old := syntax.Get(s.r.Props, "CertificateArn")
	if old == nil || syntax.Get(s.r.Props, "RegionalCertificateArn") != nil || s.t.Edits.Deleted(old) {
		return
	}
	with := s.t.Edits.Now(old)
	s.t.Edits.Delete(old)
	s.t.Edits.Insert(s.r.Props, "RegionalCertificateArn", with)
	s.p.Change(s.t, old, "rewrite", "regional-endpoint", "CertificateArn becomes RegionalCertificateArn: the endpoint is regional")
}
