package collect

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

const (
	factBuckets = "buckets"
	factObjects = "objects"
)

func bucketsCollector() collector {
	return collector{
		calls: []Call{
			{Action: "s3:ListAllMyBuckets", Facts: []string{factBuckets}},
			{Action: "s3:ListBucket", Facts: []string{factBuckets}},
		},
		run: collectBuckets,
	}
}

// s3 is a client for a region, the target's when it is empty.
func (s *session) s3(region string) *s3.Client {
	return s3.NewFromConfig(s.in(region), s.options.S3...)
}

// collectBuckets reads the buckets that may be left of an earlier deployment,
// and the one that the release is deployed from.
func collectBuckets(ctx context.Context, s *session) {
	own, err := s.listing(ctx, bucketType, s3Listers()[bucketType])
	if err != nil {
		s.gap(factBuckets, "s3:ListAllMyBuckets", err)
		return
	}
	created := map[string]string{}
	var names []string
	wanted := s.wanted(bucketType)
	for _, b := range own {
		created[b.Name] = b.Created
		if wanted(b.Name) {
			names = append(names, b.Name)
		}
	}
	names = append(names, s.releaseBuckets(ctx, factBuckets)...)
	slices.Sort(names)
	names = slices.Compact(names)
	buckets := make([]checks.Bucket, len(names))
	failed := make([]error, len(names))
	var index []int
	for i := range names {
		index = append(index, i)
	}
	each(index, func(i int) {
		at, owned := created[names[i]]
		buckets[i], failed[i] = s.bucket(ctx, names[i])
		buckets[i].Owned, buckets[i].Created = owned, at
	})
	var read []checks.Bucket
	for i, err := range failed {
		if err != nil {
			s.gap(part(factBuckets, names[i]), "s3:ListBucket", err)
			if !buckets[i].Owned {
				continue
			}
			buckets[i].Unread = true
		}
		read = append(read, buckets[i])
	}
	s.fill(func(f *checks.Facts) { f.Buckets = read })
}

// bucket asks where a bucket is, and whether it holds anything.
func (s *session) bucket(ctx context.Context, name string) (checks.Bucket, error) {
	b := checks.Bucket{Name: name, State: checks.StatePresent, Region: s.options.Config.Region}
	out, err := call(ctx, s, "s3:ListBucket", func(ctx context.Context) (*s3.ListObjectsV2Output, error) {
		return s.s3("").ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &name, MaxKeys: aws.Int32(1)})
	})
	if region := elsewhere(err, b.Region); region != "" {
		b.State, b.Region = checks.StateElsewhere, region
		out, err = call(ctx, s, "s3:ListBucket", func(ctx context.Context) (*s3.ListObjectsV2Output, error) {
			return s.s3(region).ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &name, MaxKeys: aws.Int32(1)})
		})
	}
	if failure.Is(err, "NoSuchBucket") {
		return checks.Bucket{Name: name, State: checks.StateMissing}, nil
	}
	if err != nil {
		return b, err
	}
	b.Empty = len(out.Contents) == 0
	return b, nil
}

// elsewhere is the region that a service names when it is asked in another.
func elsewhere(err error, asked string) string {
	var response *smithyhttp.ResponseError
	if !errors.As(err, &response) || response.Response == nil || response.Response.Response == nil {
		return ""
	}
	status := response.HTTPStatusCode()
	region := response.Response.Header.Get("X-Amz-Bucket-Region")
	if region == asked || status != http.StatusMovedPermanently && status != http.StatusBadRequest && status != http.StatusTemporaryRedirect {
		return ""
	}
	return region
}

// releaseBuckets are the buckets of the operator's own that the release comes
// from: in China, where nothing is published, all that it names and that the
// caller's credentials are used on. The others are a gap of the fact.
func (s *session) releaseBuckets(ctx context.Context, fact string) []string {
	if !strings.HasPrefix(s.options.Config.Region, "cn-") {
		return nil
	}
	var names []string
	for _, o := range s.askable(ctx, fact) {
		names = append(names, o.Bucket)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// askable are the objects of the release in buckets that the caller's
// credentials are used on. What a template names elsewhere is not asked for.
func (s *session) askable(ctx context.Context, fact string) []checks.Object {
	asked := map[string]bool{}
	if entry, ok := s3url.Parse(s.entry()); ok {
		asked[entry.Bucket] = true
	}
	return slices.DeleteFunc(s.releaseObjects(), func(o checks.Object) bool {
		trusted, known := asked[o.Bucket]
		if !known {
			trusted = s.trusted(ctx, s3url.Location{Bucket: o.Bucket})
			if asked[o.Bucket] = trusted; !trusted {
				s.gap(part(fact, o.Bucket), "", foreignBucket{})
			}
		}
		return !trusted
	})
}

// releaseObjects are the entry template and, in China, every asset of the
// release: what must be readable for the deployment to begin, and to end.
func (s *session) releaseObjects() []checks.Object {
	run, entry := s.facts.Run, s.entry()
	var objects []checks.Object
	add := func(url, bucket, key string) {
		if bucket != "" && key != "" && !strings.ContainsAny(bucket+key, "*") &&
			!slices.ContainsFunc(objects, func(o checks.Object) bool { return o.Bucket == bucket && o.Key == key }) {
			objects = append(objects, checks.Object{URL: url, Bucket: bucket, Key: key})
		}
	}
	if loc, ok := s3url.Parse(entry); ok {
		add(entry, loc.Bucket, loc.Key)
		for i := range objects {
			objects[i].Implied = run.Template != "" && run.TemplateURL == ""
		}
	}
	if strings.HasPrefix(run.Region, "cn-") {
		for _, a := range s.facts.Release.Assets {
			if a.Exists != checks.ExistsNo && a.Kind != "image" {
				add(a.Text, a.Bucket, a.Key)
			}
		}
	}
	return objects
}

// entry is the URL of the entry template: that which the operator names, else
// where the vendor publishes the release.
func (s *session) entry() string {
	run := s.facts.Run
	if run.TemplateURL == "" && run.Release != "" && s.options.Scope.EntryURL != "" && run.Partition == "aws" && run.EntryKind == checks.EntryBackend {
		return strings.NewReplacer("{region}", run.Region, "{version}", run.Release).Replace(s.options.Scope.EntryURL)
	}
	return run.TemplateURL
}
