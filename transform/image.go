package transform

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

var imagePattern = regexp.MustCompile(`^(\d{12})\.dkr\.ecr\.([^./]+)\.(?:amazonaws\.com(?:\.cn)?|\$\{AWS::URLSuffix\})/(.+)$`)

// image points a container image of the vendor's registry at the registry that
// the operator names. The image itself is copied by other means.
func (s *speller) image(n *yaml.Node, text string, at spot) bool {
	if !strings.Contains(text, ".dkr.ecr.") {
		return false
	}
	m := imagePattern.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	if s.p.options.ECRRegistry == "" || strings.HasPrefix(text, s.p.options.ECRRegistry+"/") {
		return true // reported by the findings
	}
	s.replaceText(n, text, s.p.options.ECRRegistry+"/"+m[3], "image-registry")
	return true
}

var serviceName = regexp.MustCompile(`^(?:cn\.)?com\.amazonaws\.((?:[a-z]{2}(?:-[a-z]+)+-\d)|\$\{AWS::Region\})\.([a-z0-9.-]+?)(\.cn)?$`)

// endpointService names the service of a VPC endpoint as the China regions do.
func (s *speller) endpointService(n *yaml.Node, text string, at spot) bool {
	if s.r == nil || s.r.typ != "AWS::EC2::VPCEndpoint" || at.path != "/ServiceName" {
		return false
	}
	m := serviceName.FindStringSubmatch(text)
	if m == nil || m[2] == "vpce" || strings.HasPrefix(m[2], "vpce.") {
		return false
	}
	kind, _ := literal(get(s.r.props, "VpcEndpointType"))
	region, service := m[1], m[2]
	prefix, suffix := "com.amazonaws.", ""
	if kind == "Interface" && (prefixed[service] || prefixedIn[s.p.options.Region][service]) {
		prefix = "cn.com.amazonaws."
		if service == "transcribe" {
			suffix = ".cn"
		}
	}
	after := prefix + keepVariable(region, s.p.options.Region) + "." + service + suffix
	if after == text {
		return true
	}
	if fn, ok := intrinsic(n); ok && fn.name == "Fn::Join" {
		if first := fn.arg.Content[1].Content[0]; after == "cn."+text && strings.HasPrefix(first.Value, "com") {
			s.t.edits.SetValue(first, "cn."+first.Value)
			s.rewrote(first, first.Value, "cn."+first.Value, "vpc-endpoint")
			return true
		}
		after = strings.ReplaceAll(after, "${AWS::Region}", s.p.options.Region)
	}
	s.replaceText(n, text, after, "vpc-endpoint")
	return true
}
