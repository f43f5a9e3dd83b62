package rewrite

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// whole respells values that must be seen as a whole: places in S3, names of
// buckets, container images, names of endpoint services. It tells whether
// nothing is left to do at n.
func (s *rewriter) whole(n *yaml.Node, at plan.Spot) bool {
	if n.Kind == yaml.MappingNode && s.bucketAndKey(n) {
		return false
	}
	text, ok := syntax.Flatten(n)
	if !ok {
		return false
	}
	switch {
	case s.image(n, text, at), s.endpointService(n, text, at):
		return true
	case !strings.Contains(text, "s3") && !s.p.IsOwnBucket(text):
		return false
	}
	if s.p.IsOwnBucket(text) && syntax.PseudoOnly(text) && (bucketKey(at.Key) || s.p.ExactBuckets()) {
		s.replaceText(n, text, s.p.Options.Bucket, "asset-bucket")
		return true
	}
	loc, ok := s3url.Parse(text)
	if !ok || strings.ContainsAny(text, " \n,") {
		return false
	}
	switch {
	case s.p.IsOwnBucket(loc.Bucket) && syntax.PseudoOnly(loc.Bucket):
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
func (s *rewriter) variableBucket(n *yaml.Node, text string, loc s3url.Location) bool {
	if s.p.Options.KeyPrefix == "" || !s.p.BucketVariable(s.t, loc.Bucket) || strings.HasPrefix(loc.Key, s.p.Options.KeyPrefix) {
		return false
	}
	i := strings.LastIndex(text, "/"+loc.Key)
	if i < 0 || !syntax.IsCall(n, "Fn::Sub") {
		return false
	}
	fn, _ := syntax.Intrinsic(n)
	sub, _ := syntax.ReadSub(fn.Arg)
	after, rules := s.spelling(text[:i+1]+s.p.Options.KeyPrefix+text[i+1:], plan.Spot{})
	s.t.Edits.SetValue(sub.Text, after)
	s.rewrote(n, text, after, strings.Join(append(rules, "key-prefix"), ", "))
	return true
}

// replaceText puts a text in n's place: as a plain scalar where nothing is
// left to substitute.
func (s *rewriter) replaceText(n *yaml.Node, before, after, rule string) {
	if before == after {
		return
	}
	with := edit.Text(after)
	if len(syntax.Variables(after)) > 0 {
		if fn, ok := syntax.Intrinsic(n); ok && fn.Short && n.Kind == yaml.ScalarNode {
			s.t.Edits.SetValue(n, after)
			s.rewrote(n, before, after, rule)
			return
		}
		with = syntax.Mapping("Fn::Sub", edit.Text(after))
	} else if _, plain := syntax.Literal(n); plain {
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
func (s *rewriter) bucketAndKey(n *yaml.Node) bool {
	for _, pair := range pairs {
		bucket, key := syntax.Get(n, pair.bucket), syntax.Get(n, pair.key)
		if bucket == nil || key == nil {
			continue
		}
		text, ok := syntax.Flatten(bucket)
		name := text
		if loc, located := s3url.Parse(text); located {
			name = loc.Bucket
		}
		if !ok || !s.p.IsOwnBucket(name) && !s.p.BucketVariable(s.t, name) {
			continue
		}
		for _, name := range pair.versions {
			if version := syntax.Get(n, name); version != nil && !s.t.Edits.Deleted(version) {
				s.t.Edits.Delete(version)
				s.p.Change(s.t, version, "remove", "object-version", "a version belongs to the bucket it came from")
			}
		}
		if value, ok := syntax.Literal(key); ok && s.p.Options.KeyPrefix != "" && !strings.HasPrefix(value, s.p.Options.KeyPrefix) {
			s.t.Edits.SetValue(key, s.p.Options.KeyPrefix+value)
			s.rewrote(key, value, s.p.Options.KeyPrefix+value, "key-prefix")
		}
	}
	return true
}
