package plan

import (
	"path"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// IsOwnBucket tells whether a bucket is one of the release's, by --source-bucket.
func (m *Model) IsOwnBucket(bucket string) bool { return m.Sources.Match(bucket) }

// ChildFile finds the template of the release that a TemplateURL names.
func (m *Model) ChildFile(t *Template, url *cfn.Node) (string, bool) {
	text, ok := Flatten(url)
	if !ok {
		return "", false
	}
	name := ""
	if loc, ok := s3url.Parse(text); ok {
		if !m.IsOwnBucket(loc.Bucket) && loc.Bucket != m.Options.Bucket && !m.BucketVariable(t, loc.Bucket) {
			return "", false
		}
		name = strings.TrimPrefix(loc.Key, m.keyPrefixOf(loc))
	} else if url.IsScalar() && !strings.Contains(text, "://") {
		name = relative(t, text)
	}
	_, present := m.Release.Files[name]
	return name, present && name != ""
}

// keyPrefixOf is the prefix that keys in the target bucket carry.
func (m *Model) keyPrefixOf(loc s3url.Location) string {
	if loc.Bucket == m.Options.Bucket {
		return m.Options.KeyPrefix
	}
	return ""
}

// BucketVariable tells whether a bucket is a parameter whose default, or whose
// argument from the entry template, is a bucket of the release.
func (m *Model) BucketVariable(t *Template, bucket string) bool {
	name, ok := SoleVariable(bucket)
	if !ok {
		return false
	}
	value, known := m.parameterDefault(t, name, 0)
	return known && (m.IsOwnBucket(value) || value == m.Options.Bucket)
}

// parameterDefault follows a parameter up to the default that the entry
// template gives it.
func (m *Model) parameterDefault(t *Template, name string, depth int) (string, bool) {
	if value, ok := t.Params[name].Get("Default").Scalar(); ok {
		return value, true
	}
	for _, r := range m.Callers(t) {
		text, ok := Flatten(r.Props.Get("Parameters").Get(name))
		if !ok || depth > len(m.Order) {
			continue
		}
		if up, variable := SoleVariable(text); variable {
			return m.parameterDefault(r.Template, up, depth+1)
		}
		return text, true
	}
	return "", false
}

// ExactBuckets tells whether the source buckets are named closely enough for any
// equal text to mean one of them.
func (m *Model) ExactBuckets() bool {
	return !slices.ContainsFunc(m.Options.SourceBuckets, func(glob string) bool { return strings.ContainsAny(glob, "*?") })
}

// relative is the file that a relative TemplateURL of t names.
func relative(t *Template, url string) string {
	return path.Clean(path.Join(path.Dir(t.File), strings.TrimPrefix(url, "./")))
}
