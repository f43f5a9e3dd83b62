package rewrite

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/edit"
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
	case "AWS::Serverless::Application":
		s.applicationVersion()
	case "AWS::Serverless::Api":
		s.regional("EndpointConfiguration", false)
		if domain := s.r.Props.Get("Domain"); domain != nil {
			s.regionalScalar(domain.Get("EndpointConfiguration"))
		}
	}
}

const edgeReason = "edge-optimised endpoints are not available in AWS China"

// regional turns edge endpoints into regional ones, and states it where the
// default would be edge.
func (s *rewriter) regional(name string, insert bool) {
	config := s.left(s.r.Props.Get(name))
	if config == nil {
		if insert {
			s.insertRegional(name)
		}
		return
	}
	s.regionalScalar(config)
	s.regionalScalar(config.Get("Type"))
	types := s.left(config.Get("Types"))
	if types == nil {
		if insert && len(config.Pairs()) > 0 {
			s.t.Edits.Insert(config, "Types", regionalTypes())
			s.p.Change(s.t, config, "insert", "regional-endpoint", edgeReason)
		}
		return
	}
	regional := false
	for _, c := range types.Items {
		regional = regional || c.Is("REGIONAL")
	}
	for _, c := range types.Items {
		switch {
		case !c.Is("EDGE"):
		case regional:
			s.t.Edits.Delete(c)
			s.p.Change(s.t, c, "remove", "regional-endpoint", edgeReason)
		default:
			s.regionalScalar(c)
		}
	}
}

// left is n unless the repair removed it.
func (s *rewriter) left(n *cfn.Node) *cfn.Node {
	if n == nil || s.t.Edits.Deleted(n) {
		return nil
	}
	return n
}

func (s *rewriter) regionalScalar(n *cfn.Node) {
	if n != nil && n.Is("EDGE") {
		s.t.Edits.SetValue(n, "REGIONAL")
		s.rewrote(n, "EDGE", "REGIONAL", "regional-endpoint")
	}
}

func regionalTypes() *yaml.Node {
	types := edit.Sequence(edit.Text("REGIONAL"))
	types.Style = yaml.FlowStyle
	return types
}

func (s *rewriter) insertRegional(name string) {
	config := edit.Mapping("Types", regionalTypes())
	switch props := s.left(s.r.Props); {
	case props == nil:
		s.t.Edits.Insert(s.r.Node, "Properties", edit.Mapping(name, config))
	case props.Kind == cfn.Null:
		s.t.Edits.Replace(props, edit.Mapping(name, config))
	default:
		s.t.Edits.Insert(props, name, config)
	}
	s.p.Change(s.t, s.r.Node, "insert", "regional-endpoint", edgeReason+", and that is the default")
}

// importedRegional tells the import of an API definition the same.
func (s *rewriter) importedRegional() {
	if s.left(s.r.Props) == nil || s.r.Props.Get("Body") == nil && s.r.Props.Get("BodyS3Location") == nil {
		return
	}
	const key = "endpointConfigurationTypes"
	params := s.left(s.r.Props.Get("Parameters"))
	switch now := params.Get(key); {
	case params == nil:
		s.t.Edits.Insert(s.r.Props, "Parameters", edit.Mapping(key, edit.Text("REGIONAL")))
	case now == nil:
		s.t.Edits.Insert(params, key, edit.Text("REGIONAL"))
	case now.Is("EDGE"):
		s.t.Edits.SetValue(now, "REGIONAL")
	default:
		return
	}
	s.p.Change(s.t, s.r.Props, "insert", "regional-endpoint", "an imported API takes its endpoint type from the import")
}

// renameCertificate moves the certificate of an edge domain to where a regional
// one has it.
func (s *rewriter) renameCertificate() {
	old := s.r.Props.Get("CertificateArn")
	if old == nil || s.r.Props.Get("RegionalCertificateArn") != nil || s.t.Edits.Deleted(old) {
		return
	}
	with, _ := s.t.Edits.Now(old)
	s.t.Edits.Delete(old)
	s.t.Edits.Insert(s.r.Props, "RegionalCertificateArn", with.Src)
	s.p.Change(s.t, old, "rewrite", "regional-endpoint", "CertificateArn becomes RegionalCertificateArn: the endpoint is regional")
}
