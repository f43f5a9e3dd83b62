package rewrite

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

var imagePattern = regexp.MustCompile(`^(\d{12})\.dkr\.ecr\.([^./]+)\.(?:amazonaws\.com(?:\.cn)?|\$\{AWS::URLSuffix\})/(.+)$`)

// image points a container image of the vendor's registry at the registry that
// the operator names. The image itself is copied by other means.
func (s *rewriter) image(n *cfn.Node, text string, at plan.Spot) bool {
	if !strings.Contains(text, ".dkr.ecr.") {
		return false
	}
	m := imagePattern.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	if twin, ok := china.TwinOf(china.Registry, m[1], repository(m[3])); ok && twin.In(s.p.Options.Region) != "" {
		s.replaceText(n, text, twin.In(s.p.Options.Region)+".dkr.ecr."+s.p.Options.Region+".amazonaws.com.cn/"+m[3], "twin")
		return true
	}
	if s.p.Options.ECRRegistry == "" || strings.HasPrefix(text, s.p.Options.ECRRegistry+"/") {
		return true // reported by the findings
	}
	s.replaceText(n, text, s.p.Options.ECRRegistry+"/"+m[3], "image-registry")
	return true
}

// repository is an image without its tag or digest.
func repository(image string) string {
	if i := strings.IndexAny(image, ":@"); i >= 0 {
		return image[:i]
	}
	return image
}

var serviceName = regexp.MustCompile(`^(?:cn\.)?com\.amazonaws\.((?:[a-z]{2}(?:-[a-z]+)+-\d)|\$\{AWS::Region\})\.([a-z0-9.-]+?)(\.cn)?$`)

// endpointService names the service of a VPC endpoint as the China regions do.
func (s *rewriter) endpointService(n *cfn.Node, text string, at plan.Spot) bool {
	if s.r == nil || s.r.Type != "AWS::EC2::VPCEndpoint" || at.Path != "/ServiceName" {
		return false
	}
	m := serviceName.FindStringSubmatch(text)
	if m == nil || m[2] == "vpce" || strings.HasPrefix(m[2], "vpce.") {
		return false
	}
	kind, _ := s.r.Props.Get("VpcEndpointType").Scalar()
	region, service := m[1], m[2]
	prefix, suffix := "com.amazonaws.", ""
	if kind == "Interface" && china.Prefixed(s.p.Options.Region, service) {
		prefix = "cn.com.amazonaws."
		if service == "transcribe" {
			suffix = ".cn"
		}
	}
	after := prefix + keepVariable(region, s.p.Options.Region) + "." + service + suffix
	if after == text {
		return true
	}
	if n.IsCall("Fn::Join") {
		_, parts, _ := plan.JoinOf(n)
		if first := parts.Items[0]; after == "cn."+text && strings.HasPrefix(first.Text, "com") {
			s.t.Edits.SetValue(first, "cn."+first.Text)
			s.rewrote(first, first.Text, "cn."+first.Text, "vpc-endpoint")
			return true
		}
		after = strings.ReplaceAll(after, "${AWS::Region}", s.p.Options.Region)
	}
	s.replaceText(n, text, after, "vpc-endpoint")
	return true
}
