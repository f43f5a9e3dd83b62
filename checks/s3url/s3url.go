// Package s3url reads every spelling of a place in S3 that templates use (URLs
// of all host styles, s3:// and ARNs) and prints the one URL form that works in
// AWS China. It knows no bucket and judges none. Standard library only.
package s3url

import (
	"fmt"
	"regexp"
	"strings"
)

// Style is how a location is spelt.
type Style int

// The spellings of a location.
const (
	Virtual     Style = iota // https://BUCKET.s3.REGION.amazonaws.com/KEY
	Path                     // https://s3.REGION.amazonaws.com/BUCKET/KEY
	URI                      // s3://BUCKET/KEY
	ARN                      // arn:aws:s3:::BUCKET/KEY
	Website                  // http://BUCKET.s3-website.REGION.amazonaws.com/KEY
	AccessPoint              // a host or an ARN of an access point: no bucket is named
)

func (s Style) String() string {
	return [...]string{"virtual", "path", "s3", "arn", "website", "access-point"}[s]
}

// Location is a place in S3 as it was written. Each field is the written text:
// the key keeps its percent-encoding, and where the text is that of a Fn::Sub,
// a field may hold ${...} variables. Region and Partition are empty where the
// spelling does not name them.
type Location struct {
	Bucket, Key       string
	Region, Partition string
	VersionID         string
	Style             Style
	Host              string
	Query             string // what follows ?, without versionId
}

// variable is ${Name} in the text of a Fn::Sub; it stands for any text.
const variable = `\$\{[^{}!]+\}`

const (
	label  = `(?:[A-Za-z0-9_-]|` + variable + `)+`
	bucket = `(?:[A-Za-z0-9._-]|` + variable + `)+?`
	suffix = `(?:amazonaws\.com(?:\.cn)?|\$\{AWS::URLSuffix\})`
)

var (
	website     = regexp.MustCompile(`^(?i)(?:(` + bucket + `)\.)s3-website[.-](` + label + `)\.(` + suffix + `)$`)
	accessPoint = regexp.MustCompile(`^(?i)(?:` + label + `\.)?(?:s3-accesspoint(?:-fips)?(?:\.dualstack)?|accesspoint\.s3-global|s3-object-lambda|s3-outposts)\.?(` + label + `)?\.(` + suffix + `)$`)
	service     = `s3(?:-fips)?(?:-accelerate)?(?:\.dualstack)?(?:[.-](` + label + `))?\.(` + suffix + `)`
	virtual     = regexp.MustCompile(`^(?i)(` + bucket + `)\.` + service + `$`)
	path        = regexp.MustCompile(`^(?i)` + service + `$`)
	arn         = regexp.MustCompile(`^arn:([^:]+|` + variable + `):s3:([^:]*):([^:]*):(.+)$`)
)

// Parse reads a location. ok is false for text that is no place in S3.
func Parse(text string) (loc Location, ok bool) {
	scheme, rest, found := strings.Cut(text, "://")
	switch {
	case !found:
		return parseARN(text)
	case strings.EqualFold(scheme, "s3"):
		return parseURI(rest)
	case strings.EqualFold(scheme, "https"), strings.EqualFold(scheme, "http"):
		return parseURL(rest)
	}
	return Location{}, false
}

func parseURI(rest string) (Location, bool) {
	loc := Location{Style: URI}
	rest = loc.takeQuery(rest)
	loc.Bucket, loc.Key, _ = strings.Cut(rest, "/")
	return loc, validBucket(loc.Bucket)
}

func parseURL(rest string) (Location, bool) {
	host, tail, _ := strings.Cut(rest, "/")
	if i := strings.IndexAny(host, "?#"); i >= 0 {
		host, tail = host[:i], host[i:]
	}
	loc := Location{Host: host}
	name := strings.TrimSuffix(strings.TrimSuffix(host, ":443"), ":80")
	tail = loc.takeQuery(tail)
	if m := accessPoint.FindStringSubmatch(name); m != nil {
		loc.Style, loc.Region, loc.Key = AccessPoint, m[1], tail
		loc.Partition = partitionOf(m[2])
		return loc, true
	}
	if m := website.FindStringSubmatch(name); m != nil {
		loc.Style, loc.Bucket, loc.Region, loc.Key = Website, m[1], m[2], tail
		loc.Partition = partitionOf(m[3])
		return loc, validBucket(loc.Bucket)
	}
	if m := path.FindStringSubmatch(name); m != nil && !reserved(m[1]) {
		loc.Style, loc.Region, loc.Partition = Path, m[1], partitionOf(m[2])
		loc.Bucket, loc.Key, _ = strings.Cut(tail, "/")
		return loc, validBucket(loc.Bucket)
	}
	if m := virtual.FindStringSubmatch(name); m != nil && !reserved(m[2]) {
		loc.Style, loc.Bucket, loc.Key = Virtual, m[1], tail
		loc.Region, loc.Partition = m[2], partitionOf(m[3])
		return loc, validBucket(loc.Bucket)
	}
	return Location{}, false
}

func parseARN(text string) (Location, bool) {
	m := arn.FindStringSubmatch(text)
	if m == nil {
		return Location{}, false
	}
	loc := Location{Style: ARN, Partition: m[1], Region: m[2]}
	if strings.HasPrefix(m[4], "accesspoint/") || strings.HasPrefix(m[4], "accesspoint:") {
		loc.Style = AccessPoint
		return loc, true
	}
	if m[2] != "" || m[3] != "" {
		return Location{}, false
	}
	loc.Bucket, loc.Key, _ = strings.Cut(m[4], "/")
	return loc, loc.Bucket == "*" || validBucket(loc.Bucket)
}

// takeQuery cuts the fragment and the query off and keeps of it what is not
// the version: a version id means nothing outside its own bucket.
func (l *Location) takeQuery(text string) string {
	text, _, _ = strings.Cut(text, "#")
	text, query, found := strings.Cut(text, "?")
	if !found {
		return text
	}
	var keep []string
	for _, pair := range strings.Split(query, "&") {
		if name, value, _ := strings.Cut(pair, "="); strings.EqualFold(name, "versionId") {
			l.VersionID = value
		} else if pair != "" {
			keep = append(keep, pair)
		}
	}
	l.Query = strings.Join(keep, "&")
	return text
}

func partitionOf(suffix string) string {
	switch {
	case strings.EqualFold(suffix, "amazonaws.com"):
		return "aws"
	case strings.EqualFold(suffix, "amazonaws.com.cn"):
		return "aws-cn"
	}
	return "${AWS::Partition}"
}

// reserved are words that stand where a region would and are none.
func reserved(region string) bool {
	switch strings.ToLower(region) {
	case "external-1", "control", "outposts", "website", "accesspoint", "object-lambda":
		return !strings.EqualFold(region, "external-1")
	}
	return false
}

var bucketName = regexp.MustCompile(`^(?:[A-Za-z0-9._*?-]|` + variable + `)+$`)

func validBucket(name string) bool { return len(name) > 0 && bucketName.MatchString(name) }

// ChinaURL is the one form of URL that CloudFormation in China reads: with the
// region and .cn, virtual-hosted unless a dot in the bucket's name would break
// the certificate. The key is used as it is, percent-encoding and all.
func ChinaURL(bucket, region, key string) string {
	if strings.Contains(bucket, ".") {
		return fmt.Sprintf("https://s3.%s.amazonaws.com.cn/%s/%s", region, bucket, key)
	}
	return fmt.Sprintf("https://%s.s3.%s.amazonaws.com.cn/%s", bucket, region, key)
}

// China is the location in the given bucket and region of AWS China, in the
// same style where that style exists there, without a version.
func (l Location) China(bucket, region string) string {
	switch l.Style {
	case URI:
		return "s3://" + bucket + "/" + l.Key
	case ARN:
		if l.Key == "" {
			return "arn:aws-cn:s3:::" + bucket
		}
		return "arn:aws-cn:s3:::" + bucket + "/" + l.Key
	case Website:
		return fmt.Sprintf("http://%s.s3-website.%s.amazonaws.com.cn/%s", bucket, region, l.Key)
	}
	return ChinaURL(bucket, region, l.Key)
}
