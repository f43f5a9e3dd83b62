package rewrite

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

var assetIn = regexp.MustCompile(`(s3://|:s3:::)((?:[A-Za-z0-9._-]|\$\{AWS::Region\})+)(/?)`)

// assetRule swaps the release's buckets inside longer texts: lists of places,
// scripts, policies in JSON.
func assetRule(s *rewriter, text string, at plan.Spot) string {
	if !strings.Contains(text, "s3://") && !strings.Contains(text, ":s3:::") {
		return text
	}
	return assetIn.ReplaceAllStringFunc(text, func(found string) string {
		m := assetIn.FindStringSubmatch(found)
		switch {
		case !s.p.IsOwnBucket(m[2]):
			return found
		case m[1] == "s3://" && m[3] == "/":
			return m[1] + s.p.Options.Bucket + "/" + s.p.Options.KeyPrefix
		}
		return m[1] + s.p.Options.Bucket + m[3]
	})
}

// principalRule brings service principals to their one spelling, which is the
// same in every partition.
var foreignPrincipal = regexp.MustCompile(`^([a-z0-9.-]+)\.(?:amazonaws\.com\.cn|\$\{AWS::URLSuffix\})$`)

func principalRule(s *rewriter, text string, at plan.Spot) string {
	if !strings.Contains(text, ".") {
		return text
	}
	permission := s.r != nil && s.r.Type == "AWS::Lambda::Permission" && at.Path == "/Principal"
	service := at.Key == "Service" && at.Principal || permission || strings.HasSuffix(at.Key, "PassedToService") || strings.HasSuffix(at.Key, "AWSServiceName")
	if m := foreignPrincipal.FindStringSubmatch(text); service && m != nil && !strings.Contains(m[1], "$") {
		return m[1] + ".amazonaws.com"
	}
	return text
}

var managedPolicy = regexp.MustCompile(`^arn:([^:]+|\$\{AWS::Partition\}):iam::aws:policy/(.+/)?([A-Za-z0-9_+=,.@-]+)$`)

// managedPolicyRule uses the name that a policy of AWS has in China.
func managedPolicyRule(s *rewriter, text string, at plan.Spot) string {
	if !strings.Contains(text, ":policy/") {
		return text
	}
	m := managedPolicy.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	if name, listed := plan.ManagedPolicies[m[3]]; listed && name != "" {
		return strings.TrimSuffix(text, m[3]) + name
	}
	return text
}

var layerARN = regexp.MustCompile(`^arn:([^:$]+|\$\{AWS::Partition\}):lambda:([^:$]+|\$\{AWS::Region\}):(\d{12}):layer:`)

// layerRule points a layer that AWS publishes to the account that publishes it
// in the China region.
func layerRule(s *rewriter, text string, at plan.Spot) string {
	if !strings.Contains(text, ":layer:") {
		return text
	}
	m := layerARN.FindStringSubmatchIndex(text)
	if m == nil {
		return text
	}
	account, known := plan.LayerAccounts[text[m[6]:m[7]]]
	if !known {
		return text
	}
	region := text[m[4]:m[5]]
	if !strings.HasPrefix(region, "$") {
		region = s.p.Options.Region
	}
	return text[:m[4]] + region + ":" + account[s.p.Options.Region] + text[m[7]:]
}

// partitionRule spells ARNs for aws-cn. ARNs that name a place of the other
// partition are left: those are lost values or findings.
func partitionRule(s *rewriter, text string, at plan.Spot) string {
	if text == "arn:aws" {
		return "arn:aws-cn"
	}
	if !strings.Contains(text, "arn:aws:") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.Index(text, "arn:aws:")
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		end := i + len(text[i:])
		if stop := strings.IndexAny(text[i:], " \t\n\r\"'`,;<>()[]"); stop >= 0 {
			end = i + stop
		}
		if a, ok := arn.Head(text[i:end]); !ok || plan.ForeignARN(a) == nil {
			b.WriteString("arn:aws-cn:")
		} else {
			b.WriteString("arn:aws:")
		}
		text = text[i+len("arn:aws:"):]
	}
}

var (
	regionalConsole = regexp.MustCompile(`\b[a-z]{2}(?:-[a-z]+)+-\d\.console\.aws\.amazon\.com\b`)
	consoleRegion   = regexp.MustCompile(`(console\.amazonaws\.cn[^\s"']*[?&]region=)[a-z]{2}(?:-[a-z]+)+-\d`)
)

// consoleRule points links at the console and the sign-in page of China.
func consoleRule(s *rewriter, text string, at plan.Spot) string {
	if !strings.Contains(text, "aws.amazon.com") {
		return text
	}
	region := s.p.Options.Region
	text = regionalConsole.ReplaceAllString(text, region+".console.amazonaws.cn")
	text = strings.ReplaceAll(text, "console.aws.amazon.com", "console.amazonaws.cn")
	text = strings.ReplaceAll(text, "signin.aws.amazon.com/saml", "signin.amazonaws.cn/saml")
	return consoleRegion.ReplaceAllString(text, "${1}"+region)
}

// zoneRule uses the hosted zones of China for aliases to AWS services.
func zoneRule(s *rewriter, text string, at plan.Spot) string {
	switch {
	case !strings.Contains(at.Key, "HostedZoneId"):
	case text == cloudFrontZone:
		return cloudFrontZoneChina
	case websiteZones[text]:
		return websiteZone[s.p.Options.Region]
	}
	return text
}
