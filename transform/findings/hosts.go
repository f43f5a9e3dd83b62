package findings

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/hosts"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

var (
	otherHost = regexp.MustCompile(`((?:[A-Za-z0-9-]|\$\{[^}]+\}|\.)+)\.amazonaws\.com\b`)
	s3Label   = regexp.MustCompile(`(?:^|\.)s3(?:[.-]|$)`)
)

// host judges the hosts in a text that are of the other partition. Service
// principals look like one.
func (s *scanner) host(n *cfn.Node, text string, at plan.Spot) {
	if at.Principal {
		if p, ok := china.ParsePrincipal(text); ok && at.Key != "Federated" && !p.Right() {
			s.add(n, "foreign-endpoint", "error", "AWS China refuses the service principal "+text, "Name "+p.In(s.p.Options.Region)+".")
		}
		return
	}
	if strings.Contains(text, ".cloudfront.net") {
		s.add(n, "cloudfront", "warning", "the default domain of CloudFront is not served in China", "use a domain of your own with an ICP record")
	}
	if !strings.Contains(text, "amazonaws.com") {
		return
	}
	for _, m := range otherHost.FindAllStringSubmatchIndex(text, -1) {
		head, url := strings.Trim(text[m[2]:m[3]], "."), strings.HasSuffix(text[:m[0]], "://")
		regional := plan.HostPlace.MatchString(head) || strings.Contains(head, ".s3")
		if strings.HasPrefix(text[m[1]:], ".cn") || !regional && !url || head == "" {
			continue // done, or a service principal
		}
		s.foreignHost(n, head, s.counterpart(text, head, m[0], m[1]))
	}
}

// counterpart is what is known of a host; of one of S3, by the bucket that its
// URL names.
func (s *scanner) counterpart(text, head string, start, end int) hosts.Counterpart {
	region := s.p.Options.Region
	if !s3Label.MatchString(head) || strings.Contains(head, "s3-control") {
		return hosts.In(region, head)
	}
	if stop := strings.IndexAny(text[end:], " \t\n\r\"'`,;<>()[]|"); stop >= 0 {
		text = text[:end+stop]
	}
	loc, _ := s3url.Parse("https://" + text[start:])
	return hosts.S3(region, loc.Bucket)
}

func (s *scanner) foreignHost(n *cfn.Node, head string, c hosts.Counterpart) {
	host := head + hosts.Suffix
	switch {
	case c.Public:
		s.add(n, "public-host", "info", "host "+host+" is left as it is: "+c.Why, "Nothing, unless it cannot be reached from where it is used.")
	case c.Host != "":
		s.add(n, "foreign-endpoint", "error", "host "+host+" is in another partition", "Name "+c.Host+".")
	default:
		s.add(n, "foreign-endpoint", "error", "host "+host+" is left as it is: "+c.Why, c.Instead)
	}
}
