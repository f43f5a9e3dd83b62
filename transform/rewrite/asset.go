package rewrite

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// whole respells values that must be seen as a whole: places in S3, names of
// buckets, container images, names of endpoint services. It tells whether
// nothing is left to do at n.
func (s *rewriter) whole(n *cfn.Node, at plan.Spot) bool {
	if n.IsMap() && s.bucketAndKey(n) {
		return false
	}
	text, ok := plan.Flatten(n)
	if !ok {
		return false
	}
	switch {
	case s.image(n, text, at), s.endpointService(n, text, at), s.principal(n, text, at):
		return true
	case !strings.Contains(text, "s3") && !s.p.IsOwnBucket(text):
		return false
	}
	if s.p.IsOwnBucket(text) && plan.PlaceOnly(text) && (bucketKey(at.Key) || s.p.ExactBuckets()) {
		s.replaceText(n, text, s.p.Options.Bucket, "asset-bucket")
		return true
	}
	loc, ok := s3url.Parse(text)
	if !ok || strings.ContainsAny(text, " \n,") || strings.ContainsAny(loc.Bucket, "*?") {
		return false // a text of several, or a pattern of buckets
	}
	switch {
	case s.p.IsOwnBucket(loc.Bucket) && plan.PlaceOnly(loc.Bucket) && strings.HasPrefix(text, "arn:${"):
		s.replaceText(n, text, assetRule(s, text, at), "asset-bucket") // its partition is that of the deployment
		return true
	case s.p.IsOwnBucket(loc.Bucket) && plan.PlaceOnly(loc.Bucket):
		s.replaceText(n, text, s.located(loc), "asset-url")
		return true
	case loc.Bucket == s.p.Options.Bucket, strings.Contains(loc.Bucket, "$"), loc.Style == s3url.AccessPoint, loc.Style == s3url.ARN:
		return s.variableBucket(n, text, loc)
	case loc.Style == s3url.Website:
		return false
	}
	return true // a bucket of someone else: left, and reported
}

// located is a place of the release in the bucket in China.
func (s *rewriter) located(loc s3url.Location) string {
	if loc.Key != "" && loc.Style != s3url.ARN {
		loc.Key = s.p.Options.KeyPrefix + loc.Key
	}
	return loc.China(s.p.Options.Bucket, s.p.Options.Region)
}

// variableBucket handles a bucket that is a parameter of the release: the host
// is respelt by the rule for hosts, the prefix of keys is put in here.
func (s *rewriter) variableBucket(n *cfn.Node, text string, loc s3url.Location) bool {
	if s.p.Options.KeyPrefix == "" || !s.p.BucketVariable(s.t, loc.Bucket) || strings.HasPrefix(loc.Key, s.p.Options.KeyPrefix) {
		return false
	}
	i := strings.LastIndex(text, "/"+loc.Key)
	if i < 0 || !n.IsCall("Fn::Sub") {
		return false
	}
	sub, _, _ := n.Sub()
	after, rules := s.spelling(text[:i+1]+s.p.Options.KeyPrefix+text[i+1:], plan.Spot{})
	s.t.Edits.SetValue(sub, after)
	s.rewrote(n, text, after, strings.Join(append(rules, "key-prefix"), ", "))
	return true
}

// replaceText puts a text in n's place: as a plain scalar where nothing is
// left to substitute.
func (s *rewriter) replaceText(n *cfn.Node, before, after, rule string) {
	if before == after {
		return
	}
	with := edit.Text(after)
	if len(cfn.Variables(after)) > 0 {
		if n.IsCall("Fn::Sub") && n.Short && n.Arg().IsScalar() {
			s.t.Edits.SetValue(n, after)
			s.rewrote(n, before, after, rule)
			return
		}
		with = edit.Mapping("Fn::Sub", edit.Text(after))
	} else if n.IsScalar() {
		s.t.Edits.SetValue(n, after)
		s.rewrote(n, before, after, rule)
		return
	}
	s.t.Edits.Replace(n, with)
	s.rewrote(n, before, after, rule)
}

// bucketKey tells whether a key names a bucket.
func bucketKey(key string) bool {
	return strings.Contains(strings.ToLower(key), "bucket") || key == "Default"
}

// pairs are the spellings of a bucket and its key in one map.
var pairs = []struct {
	bucket, key string
	versions    []string
}{
	{"S3Bucket", "S3Key", []string{"S3ObjectVersion"}},
	{"Bucket", "Key", []string{"Version", "VersionId", "ETag"}},
	{"BucketARN", "FileKey", []string{"ObjectVersion"}},
}

// bucketAndKey drops the version of an object that moves to another bucket and
// prefixes its key. The bucket itself is respelt as any name of a bucket is.
func (s *rewriter) bucketAndKey(n *cfn.Node) bool {
	for _, pair := range pairs {
		bucket, key := n.Get(pair.bucket), n.Get(pair.key)
		if bucket == nil || key == nil {
			continue
		}
		text, ok := plan.Flatten(bucket)
		name := text
		if loc, located := s3url.Parse(text); located {
			name = loc.Bucket
		}
		if !ok || !s.p.IsOwnBucket(name) && !s.p.BucketVariable(s.t, name) {
			continue
		}
		for _, name := range pair.versions {
			if version := n.Get(name); version != nil && !s.t.Edits.Deleted(version) {
				s.t.Edits.Delete(version)
				s.p.Change(s.t, version, "remove", "object-version", "a version belongs to the bucket it came from")
			}
		}
		if value, ok := key.Scalar(); ok && s.p.Options.KeyPrefix != "" && !strings.HasPrefix(value, s.p.Options.KeyPrefix) {
			s.t.Edits.SetValue(key, s.p.Options.KeyPrefix+value)
			s.rewrote(key, value, s.p.Options.KeyPrefix+value, "key-prefix")
		}
	}
	return true
}
