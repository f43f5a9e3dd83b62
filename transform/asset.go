package transform

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// ours tells whether a bucket holds the release: one of the source set, or the
// bucket in China already.
func (p *pass) ours(bucket string) bool { return p.sources.Match(bucket) }

// childFile finds the template of the release that a TemplateURL names.
func (p *pass) childFile(t *template, url *yaml.Node) (string, bool) {
	text, ok := flatten(url)
	if !ok {
		return "", false
	}
	name := ""
	if loc, ok := s3url.Parse(text); ok {
		if !p.ours(loc.Bucket) && loc.Bucket != p.options.Bucket && !p.bucketVariable(t, loc.Bucket) {
			return "", false
		}
		name = strings.TrimPrefix(loc.Key, p.keyPrefixOf(loc))
	} else if _, plain := literal(url); plain && !strings.Contains(text, "://") {
		name = relative(t, text)
	}
	_, present := p.release.Files[name]
	return name, present && name != ""
}

// keyPrefixOf is the prefix that keys in the target bucket carry.
func (p *pass) keyPrefixOf(loc s3url.Location) string {
	if loc.Bucket == p.options.Bucket {
		return p.options.KeyPrefix
	}
	return ""
}

// bucketVariable tells whether a bucket is a parameter whose default, or whose
// argument from the entry template, is a bucket of the release.
func (p *pass) bucketVariable(t *template, bucket string) bool {
	name, ok := soleVariable(bucket)
	if !ok {
		return false
	}
	value, known := p.parameterDefault(t, name, 0)
	return known && (p.ours(value) || value == p.options.Bucket)
}

func soleVariable(text string) (string, bool) {
	names := variables(text)
	if len(names) != 1 || text != "${"+names[0]+"}" {
		return "", false
	}
	return names[0], true
}

// parameterDefault follows a parameter up to the default that the entry
// template gives it.
func (p *pass) parameterDefault(t *template, name string, depth int) (string, bool) {
	if value, ok := literal(get(t.params[name], "Default")); ok {
		return value, true
	}
	for _, r := range p.callers(t) {
		text, ok := flatten(get(get(r.props, "Parameters"), name))
		if !ok || depth > len(p.order) {
			continue
		}
		if up, variable := soleVariable(text); variable {
			return p.parameterDefault(r.t, up, depth+1)
		}
		return text, true
	}
	return "", false
}

// whole respells values that must be seen as a whole: places in S3, names of
// buckets, container images, names of endpoint services. It tells whether
// nothing is left to do at n.
func (s *speller) whole(n *yaml.Node, at spot) bool {
	if n.Kind == yaml.MappingNode && s.bucketAndKey(n) {
		return false
	}
	text, ok := flatten(n)
	if !ok {
		return false
	}
	switch {
	case s.image(n, text, at), s.endpointService(n, text, at):
		return true
	case !strings.Contains(text, "s3") && !s.p.ours(text):
		return false
	}
	if s.p.ours(text) && pseudoOnly(text) && (bucketKey(at.key) || s.p.exact()) {
		s.replaceText(n, text, s.p.options.Bucket, "asset-bucket")
		return true
	}
	loc, ok := s3url.Parse(text)
	if !ok || strings.ContainsAny(text, " \n,") {
		return false
	}
	switch {
	case s.p.ours(loc.Bucket) && pseudoOnly(loc.Bucket):
		s.replaceText(n, text, s.located(loc), "asset-url")
		return true
	case loc.Bucket == s.p.options.Bucket, strings.Contains(loc.Bucket, "$"), loc.Style == s3url.AccessPoint, loc.Style == s3url.ARN:
		return s.variableBucket(n, text, loc)
	case loc.Style == s3url.Website:
		return false
	}
	return true // a bucket of someone else: left, and reported
}

// located is a place of the release in the bucket in China.
func (s *speller) located(loc s3url.Location) string {
	if loc.Key != "" && loc.Style != s3url.ARN {
		loc.Key = s.p.options.KeyPrefix + loc.Key
	}
	return loc.China(s.p.options.Bucket, s.p.options.Region)
}

// variableBucket handles a bucket that is a parameter of the release: the host
// is respelt by the rule for hosts, the prefix of keys is put in here.
func (s *speller) variableBucket(n *yaml.Node, text string, loc s3url.Location) bool {
	if s.p.options.KeyPrefix == "" || !s.p.bucketVariable(s.t, loc.Bucket) || strings.HasPrefix(loc.Key, s.p.options.KeyPrefix) {
		return false
	}
	i := strings.LastIndex(text, "/"+loc.Key)
	if i < 0 || !isCall(n, "Fn::Sub") {
		return false
	}
	fn, _ := intrinsic(n)
	sub, _ := readSub(fn.arg)
	after, rules := s.spelling(text[:i+1]+s.p.options.KeyPrefix+text[i+1:], spot{})
	s.t.edits.SetValue(sub.text, after)
	s.rewrote(n, text, after, strings.Join(append(rules, "key-prefix"), ", "))
	return true
}

// replaceText puts a text in n's place: as a plain scalar where nothing is
// left to substitute.
func (s *speller) replaceText(n *yaml.Node, before, after, rule string) {
	if before == after {
		return
	}
	with := edit.Text(after)
	if len(variables(after)) > 0 {
		if fn, ok := intrinsic(n); ok && fn.short && n.Kind == yaml.ScalarNode {
			s.t.edits.SetValue(n, after)
			s.rewrote(n, before, after, rule)
			return
		}
		with = mapping("Fn::Sub", edit.Text(after))
	} else if _, plain := literal(n); plain {
		s.t.edits.SetValue(n, after)
		s.rewrote(n, before, after, rule)
		return
	}
	s.t.edits.Replace(n, with)
	s.rewrote(n, before, after, rule)
}

// bucketKey tells whether a key names a bucket.
func bucketKey(key string) bool {
	return strings.Contains(strings.ToLower(key), "bucket") || key == "Default"
}

// exact tells whether the source buckets are named closely enough for any equal
// text to mean one of them.
func (p *pass) exact() bool {
	return !slices.ContainsFunc(p.options.SourceBuckets, func(glob string) bool { return strings.ContainsAny(glob, "*?") })
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
func (s *speller) bucketAndKey(n *yaml.Node) bool {
	for _, pair := range pairs {
		bucket, key := get(n, pair.bucket), get(n, pair.key)
		if bucket == nil || key == nil {
			continue
		}
		text, ok := flatten(bucket)
		name := text
		if loc, located := s3url.Parse(text); located {
			name = loc.Bucket
		}
		if !ok || !s.p.ours(name) && !s.p.bucketVariable(s.t, name) {
			continue
		}
		for _, name := range pair.versions {
			if version := get(n, name); version != nil && !s.t.edits.Deleted(version) {
				s.t.edits.Delete(version)
				s.p.change(s.t, version, "remove", "object-version", "a version belongs to the bucket it came from")
			}
		}
		if value, ok := literal(key); ok && s.p.options.KeyPrefix != "" && !strings.HasPrefix(value, s.p.options.KeyPrefix) {
			s.t.edits.SetValue(key, s.p.options.KeyPrefix+value)
			s.rewrote(key, value, s.p.options.KeyPrefix+value, "key-prefix")
		}
	}
	return true
}
