package findings

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// note is a practice that AWS China asks for and no template can show.
type note struct {
	rule, message, fix, source string
}

var (
	openAPINote = note{"icp", "it can be called without IAM authentication, and an ICP filing is required for that in AWS China",
		"Have the account or the domain filed before traffic flows, or require AWS_IAM", "https://docs.amazonaws.cn/en_us/aws/latest/userguide/api-gateway.html"}
	domainNote = note{"icp", "a custom domain requires an ICP filing in AWS China",
		"Have the domain filed before traffic flows", "https://docs.amazonaws.cn/en_us/aws/latest/userguide/api-gateway.html"}
	balancerNote = note{"icp", "it faces the internet, and public traffic on ports 80, 443 and 8080 requires an ICP filing in AWS China",
		"Have the domain filed before traffic flows, or make the scheme internal", "https://docs.amazonaws.cn/en_us/aws/latest/userguide/elb.html"}
	websiteNote = note{"icp", "it serves a website, and public websites require an ICP filing in AWS China",
		"Have the domain filed before traffic flows", "https://docs.amazonaws.cn/en_us/aws/latest/userguide/s3.html"}
	certificateNote = note{"cloudfront", "the distribution has no certificate of its own, and AWS China does not serve the default domain of CloudFront",
		"Give it an alternate domain name with an ICP filing and a certificate in IAM", "https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudfront.html"}
)

// practice adds what operators in AWS China have to do besides: public endpoints
// need an ICP filing, distributions a domain and a certificate of their own.
func (s *scanner) practice() {
	p := s.r.Props
	switch s.r.Type {
	case "AWS::ApiGateway::Method":
		if open(p.Get("AuthorizationType")) && !p.Get("HttpMethod").Is("OPTIONS") {
			s.remark(s.r.Key, openAPINote)
		}
	case "AWS::ApiGatewayV2::Route":
		if open(p.Get("AuthorizationType")) {
			s.remark(s.r.Key, openAPINote)
		}
	case "AWS::Serverless::Api", "AWS::Serverless::HttpApi":
		if auth := p.Get("Auth").Get("DefaultAuthorizer"); !auth.Is("AWS_IAM") && !isPrivate(p) {
			s.remark(s.r.Key, openAPINote)
		}
	case "AWS::Serverless::Function", "AWS::Serverless::StateMachine":
		s.implicitAPI(p.Get("Events"))
	case "AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName":
		s.remark(s.r.Key, domainNote)
	case "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancing::LoadBalancer":
		if scheme := p.Get("Scheme"); scheme == nil || scheme.Is("internet-facing") {
			s.remark(s.r.Key, balancerNote)
		}
	case "AWS::S3::Bucket":
		if p.Get("WebsiteConfiguration") != nil {
			s.remark(s.r.Key, websiteNote)
		}
	case "AWS::CloudFront::Distribution":
		certificate := p.At("DistributionConfig", "ViewerCertificate")
		if certificate.Get("IamCertificateId") == nil && certificate.Get("AcmCertificateArn") == nil && !s.told[certificate.Get("CloudFrontDefaultCertificate")] {
			s.remark(s.r.Key, certificateNote)
		}
	}
}

// implicitAPI remarks on the events that make an API of their own, once for a
// resource.
func (s *scanner) implicitAPI(events *cfn.Node) {
	for _, e := range events.Pairs() {
		props, kind := e.Value.Get("Properties"), e.Value.Get("Type")
		if !kind.Is("Api") && !kind.Is("HttpApi") || props.Get("RestApiId") != nil || props.Get("ApiId") != nil {
			continue
		}
		section, _ := kind.Scalar()
		auth := s.t.Root.At("Globals", section, "Auth", "DefaultAuthorizer")
		if own := props.At("Auth", "Authorizer"); own != nil {
			auth = own
		}
		if !auth.Is("AWS_IAM") {
			s.remark(s.r.Key, openAPINote)
			return
		}
	}
}

// open tells whether a method or route lets anyone in, or asks a Lambda function.
func open(kind *cfn.Node) bool { return kind == nil || kind.Is("NONE") || kind.Is("CUSTOM") }

func isPrivate(props *cfn.Node) bool {
	endpoint := props.Get("EndpointConfiguration")
	if endpoint.Is("PRIVATE") || endpoint.Get("Type").Is("PRIVATE") {
		return true
	}
	types := endpoint.Get("Types")
	return types != nil && len(types.Items) == 1 && types.Items[0].Is("PRIVATE")
}

func (s *scanner) remark(n *cfn.Node, about note) {
	subject := strings.Replace(about.message, "it ", s.r.ID+" ", 1)
	if subject == about.message {
		subject = s.r.ID + ": " + about.message
	}
	s.add(n, about.rule, "info", subject, about.fix+": "+about.source)
}
