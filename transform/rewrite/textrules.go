package rewrite

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/registry"
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
	if name, listed := china.ManagedPolicy(m[3]); listed && name != "" {
		return strings.TrimSuffix(text, m[3]) + name
	}
	return text
}

// twinRule points an ARN at the account of AWS that stands in China for the one
// it names: that of a layer, of a serverless application, of a service.
func twinRule(s *rewriter, text string, at plan.Spot) string {
	if !strings.HasPrefix(text, "arn:") {
		return text
	}
	a, ok := arn.Parse(text)
	if !ok {
		return text
	}
	twin, ok := plan.TwinOfARN(a)
	if !ok || twin.In(s.p.Options.Region) == "" {
		return text
	}
	switch {
	case twin.Region != "":
		a.Region = twin.Region
	case a.Region != "":
		a.Region = keepVariable(a.Region, s.p.Options.Region)
	}
	if a.Partition == "aws" {
		a.Partition = "aws-cn"
	}
	return strings.Join([]string{"arn", a.Partition, a.Service, a.Region, twin.In(s.p.Options.Region), a.Resource}, ":")
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
		a, ok := arn.Head(text[i:end])
		text = text[i+len("arn:aws:"):]
		if ok && plan.ForeignARN(a) != nil {
			b.WriteString("arn:aws:")
			continue
		}
		b.WriteString("arn:aws-cn:")
		if rest, own := strings.CutPrefix(text, a.Service+":"+a.Region+":"); ok && own && ownRegion(a) {
			b.WriteString(a.Service + ":" + s.p.Options.Region + ":")
			text = rest
		}
	}
}

// ownRegion tells whether an ARN names a region outside China where it can only
// mean the one of the stack.
func ownRegion(a arn.ARN) bool {
	return china.GrammarOf(a).Region == china.OwnRegion && !plan.Open(a.Region) && !registry.IsChina(a.Region)
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
	if !strings.Contains(at.Key, "HostedZoneId") {
		return text
	}
	if twin, ok := china.TwinOf(china.Zone, text, ""); ok && twin.In(s.p.Options.Region) != "" {
		return twin.In(s.p.Options.Region)
	}
	return text
}
