package collect

import (
	"context"
	"encoding/json"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// maxManifest is the most that is read of a manifest.
const maxManifest = 64 << 20

// owed are the objects that the release names in buckets of its own that the
// caller's credentials are not used on: the one that its manifest records and
// those of the vendor. As for the release commands, a release is whole only
// where the bucket that it is deployed from holds them under the same keys.
func (s *session) owed(ctx context.Context, asked []checks.Object) []checks.Object {
	entry, ok := s3url.Parse(s.entry())
	if !ok {
		return nil
	}
	var others []checks.Object
	for _, o := range s.releaseObjects() {
		if !slices.ContainsFunc(asked, func(a checks.Object) bool { return a.Bucket == o.Bucket }) {
			others = append(others, o)
		}
	}
	if len(others) == 0 {
		return nil
	}
	own := s.ownBuckets(ctx, entry)
	var owed []checks.Object
	for _, o := range others {
		there := checks.Object{URL: o.URL, Bucket: entry.Bucket, Key: o.Key}
		known := func(a checks.Object) bool { return a.Bucket == there.Bucket && a.Key == there.Key }
		if own(o.Bucket) && !slices.ContainsFunc(asked, known) && !slices.ContainsFunc(owed, known) {
			owed = append(owed, there)
		}
	}
	return owed
}

// ownBuckets tells the buckets of the release by their names.
func (s *session) ownBuckets(ctx context.Context, entry s3url.Location) func(bucket string) bool {
	recorded := s.recordedBucket(ctx, entry)
	vendor, err := s3url.NewSet(s.options.Scope.VendorBuckets...)
	return func(bucket string) bool {
		return bucket == entry.Bucket || bucket == recorded || err == nil && vendor.Match(bucket)
	}
}

// recordedBucket is the bucket that the manifest beside the entry template
// names, empty without one: then a bucket of that name stays nobody's known.
func (s *session) recordedBucket(ctx context.Context, entry s3url.Location) string {
	if !strings.Contains(entry.Key, "/") {
		return ""
	}
	key := path.Join(path.Dir(entry.Key), "manifest.json")
	answer, err := call(ctx, s, "s3:GetObject", func(ctx context.Context) (*s3.GetObjectOutput, error) {
		return s.s3("").GetObject(ctx, &s3.GetObjectInput{Bucket: &entry.Bucket, Key: &key})
	})
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	var manifest struct {
		Bucket string `json:"bucket"`
	}
	if text, err := io.ReadAll(io.LimitReader(answer.Body, maxManifest)); err != nil || json.Unmarshal(text, &manifest) != nil {
		return ""
	}
	return manifest.Bucket
}
