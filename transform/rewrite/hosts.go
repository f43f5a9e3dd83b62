package rewrite

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/hosts"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

var (
	s3Host = regexp.MustCompile(`\bs3(?:-fips|-accelerate)?(?:\.dualstack)?(?:[.-](` + plan.HostRegion + `))?\.amazonaws\.com(?:\.cn)?`)
	// a host of S3 that replaceS3Hosts left
	s3Head = regexp.MustCompile(`(?:^|\.)s3(?:-fips|-accelerate)?(?:\.dualstack)?(?:[.-]` + plan.HostRegion + `)?$`)
	// a host of the other partition: what stands before is no part of a word of it
	awsHost    = regexp.MustCompile(`((?:[A-Za-z0-9-]|\$\{[^}]+\}|\.)*)\.amazonaws\.com\b`)
	dualStack  = regexp.MustCompile(`((?:[A-Za-z0-9-]|\$\{[^}]+\}|\.)*)\.api\.aws\b`)
	websitePat = regexp.MustCompile(`\bs3-website[.-](` + plan.HostRegion + `)\.amazonaws\.com(?:\.cn)?`)
)

// endpointRule writes the hosts of AWS as they are in China, those that exist
// there and mean the same. Service principals look like hosts and keep theirs.
func endpointRule(s *rewriter, text string, at plan.Spot) string {
	if head, issuer, ok := strings.Cut(text, ":oidc-provider/"); ok {
		return head + ":oidc-provider/" + s.respellHosts(issuer)
	}
	if at.Principal || strings.HasPrefix(text, "arn:") || strings.Contains(text, "aws-service-role/") ||
		!strings.Contains(text, "amazonaws.com") && !strings.Contains(text, ".api.aws") {
		return text
	}
	// what a Fn::Join puts before is read with the text, and stays as it is
	whole := s.respellHosts(s.before + text)
	if after, same := strings.CutPrefix(whole, s.before); same {
		return after
	}
	return text
}

func (s *rewriter) respellHosts(text string) string {
	region := s.p.Options.Region
	text = websitePat.ReplaceAllStringFunc(text, func(host string) string {
		return "s3-website." + keepVariable(websitePat.FindStringSubmatch(host)[1], region) + ".amazonaws.com.cn"
	})
	if !strings.Contains(text, "s3-control") {
		text = s.replaceS3Hosts(text, region)
	}
	text = replaceHosts(dualStack, text, func(head string, _ bool) string {
		if strings.TrimLeft(head, ".") != "" && hosts.In(region, head).Host == "" {
			return ""
		}
		return head + ".api.amazonwebservices.com.cn"
	})
	return replaceHosts(awsHost, text, func(head string, url bool) string {
		switch {
		case s3Head.MatchString(head):
			return "" // a bucket of someone else: reported, not respelt
		case strings.Trim(head, ".") == "":
			return head + ".amazonaws.com.cn" // any host, as *.amazonaws.com
		case !url && !strings.Contains(head, "$") && plan.HostPlace.FindString(head) == "":
			return "" // a service principal: a host would name its region
		}
		bare := strings.TrimLeft(head, ".")
		if host := hosts.In(region, bare).Host; host != "" {
			return strings.TrimSuffix(head, bare) + host
		}
		return ""
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
		if m[2] < 0 && text[start:end] == "s3.amazonaws.com" && !strings.HasSuffix(text[:start], "://") {
			continue // the service by its name, as events and conditions have it
		}
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
// the beginning of a URL; an empty answer leaves the host. A suffix that goes on
// (.com.cn, .com.evil) is no match.
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
