package rewrite

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
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

var (
	s3Host = regexp.MustCompile(`\bs3(?:-fips|-accelerate)?(?:\.dualstack)?(?:[.-](` + plan.HostRegion + `))?\.amazonaws\.com(?:\.cn)?`)
	// a host of the other partition: what stands before is no part of a word of it
	awsHost    = regexp.MustCompile(`((?:[A-Za-z0-9-]|\$\{[^}]+\}|\.)*)\.amazonaws\.com\b`)
	dualStack  = regexp.MustCompile(`((?:[A-Za-z0-9-]|\$\{[^}]+\}|\.)*)\.api\.aws\b`)
	websitePat = regexp.MustCompile(`\bs3-website[.-](` + plan.HostRegion + `)\.amazonaws\.com(?:\.cn)?`)
)

// endpointRule gives hosts the suffix of China. Service principals look like
// hosts and keep theirs.
func endpointRule(s *rewriter, text string, at plan.Spot) string {
	if at.Principal || strings.HasPrefix(text, "arn:") || strings.Contains(text, "aws-service-role/") ||
		!strings.Contains(text, "amazonaws.com") && !strings.Contains(text, ".api.aws") {
		return text
	}
	region := s.p.Options.Region
	text = websitePat.ReplaceAllStringFunc(text, func(host string) string {
		return "s3-website." + keepVariable(websitePat.FindStringSubmatch(host)[1], region) + ".amazonaws.com.cn"
	})
	if !strings.Contains(text, "s3-control") {
		text = s.replaceS3Hosts(text, region)
	}
	text = replaceHosts(dualStack, text, func(head string, _ bool) string { return head + ".api.amazonwebservices.com.cn" })
	return replaceHosts(awsHost, text, func(head string, url bool) string {
		place := plan.HostPlace.FindStringSubmatch(head)
		switch {
		case place != nil && !strings.HasPrefix(place[1], "$") && !strings.HasPrefix(place[1], "cn-"):
			return "" // a host of one region there: reported, not respelt
		case place == nil && !url && head != "" && head[0] != '.' && !strings.Contains(head, "$"):
			return "" // a service principal: a host would name its region
		}
		return head + ".amazonaws.com.cn"
	})
}

func keepVariable(region, target string) string {
	if strings.HasPrefix(region, "$") {
		return region
	}
	return target
}

// replaceS3Hosts gives S3 hosts the one form that works in China: with the
// region, without dual stack or acceleration. A URL of a bucket that is named
// and not the release's own stays as it is: it is reported.
func (s *rewriter) replaceS3Hosts(text, region string) string {
	var b strings.Builder
	last := 0
	for _, m := range s3Host.FindAllStringSubmatchIndex(text, -1) {
		if m[0] < last || strings.HasSuffix(text[m[0]:m[1]], ".cn") {
			continue
		}
		start, end := around(text, m[0], m[1])
		start = max(start, last)
		if loc, ok := s3url.Parse("https://" + text[start:end]); ok && !strings.Contains(loc.Bucket, "$") && loc.Style != s3url.Website {
			if s.p.Sources.Match(loc.Bucket) && plan.PlaceOnly(loc.Key) {
				b.WriteString(text[last:start])
				b.WriteString(strings.TrimPrefix(s3url.ChinaURL(s.p.Options.Bucket, region, s.p.Options.KeyPrefix+loc.Key), "https://"))
				last = end
			}
			continue
		}
		place := region
		if m[2] >= 0 {
			place = keepVariable(text[m[2]:m[3]], region)
		}
		b.WriteString(text[last:m[0]])
		fmt.Fprintf(&b, "s3.%s.amazonaws.com.cn", place)
		last = m[1]
	}
	b.WriteString(text[last:])
	return b.String()
}

// around is the stretch of a URL that a host stands in, without its scheme.
func around(text string, start, end int) (int, int) {
	for start > 0 && !strings.ContainsRune(" \t\n\r\"'`,;<>()[]/=|", rune(text[start-1])) {
		start--
	}
	for end < len(text) && !strings.ContainsRune(" \t\n\r\"'`,;<>()[]|", rune(text[end])) {
		end++
	}
	return start, end
}

// replaceHosts calls f with what stands before the suffix, and whether that is
// the beginning of a URL; an empty answer leaves the host. A suffix that goes on (.com.cn, .com.evil) is no match.
func replaceHosts(pattern *regexp.Regexp, text string, f func(head string, url bool) string) string {
	var b strings.Builder
	last := 0
	for _, m := range pattern.FindAllStringSubmatchIndex(text, -1) {
		rest := text[m[1]:]
		if len(rest) > 1 && rest[0] == '.' && rest[1] >= 'a' && rest[1] <= 'z' {
			continue
		}
		if after := f(text[m[2]:m[3]], strings.HasSuffix(text[:m[0]], "://")); after != "" {
			b.WriteString(text[last:m[0]])
			b.WriteString(after)
			last = m[1]
		}
	}
	b.WriteString(text[last:])
	return b.String()
}
