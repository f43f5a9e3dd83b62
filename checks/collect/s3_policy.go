package collect

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const factBucketAccess = "bucket_access"

func bucketPoliciesCollector() collector {
	return collector{
		calls: []Call{{Action: "s3:GetBucketPolicy", Facts: []string{factBucketAccess}, China: true}},
		run:   collectBucketPolicies,
	}
}

// collectBucketPolicies reads what the operator's own buckets that the release
// comes from say to whoever writes to them.
func collectBucketPolicies(ctx context.Context, s *session) {
	names := s.releaseBuckets(ctx, factBucketAccess)
	var mu sync.Mutex
	var out []checks.BucketAccess
	each(names, func(name string) {
		access, action, err := s.bucketPolicy(ctx, name)
		if err != nil {
			s.gap(part(factBucketAccess, name), action, err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		out = append(out, access)
	})
	slices.SortFunc(out, func(a, b checks.BucketAccess) int { return cmp.Compare(a.Bucket, b.Bucket) })
	s.fill(func(f *checks.Facts) { f.BucketAccess = out })
}

// bucketPolicy reads the policy of one bucket. That another account's bucket
// does not tell its policy is no gap: nobody here can be given the right. A
// bucket that does not exist has none; that is the bucket's own fact.
func (s *session) bucketPolicy(ctx context.Context, name string) (access checks.BucketAccess, action string, err error) {
	action = "s3:GetBucketPolicy"
	access = checks.BucketAccess{Bucket: name}
	ask := func(region string) (*s3.GetBucketPolicyOutput, error) {
		return call(ctx, s, action, func(ctx context.Context) (*s3.GetBucketPolicyOutput, error) {
			return s.s3(region).GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &name})
		})
	}
	out, err := ask("")
	if region := elsewhere(err, s.options.Config.Region); region != "" {
		out, err = ask(region)
	}
	switch {
	case err == nil:
		access.Read, access.Policy = true, aws.ToString(out.Policy)
		return access, action, nil
	case failure.Is(err, "NoSuchBucketPolicy", "NoSuchBucket"):
		access.Read = true
		return access, action, nil
	case !failure.Is(err, "MethodNotAllowed") && !failure.Denied(err):
		return access, action, err
	}
	own, failed := s.listing(ctx, bucketType, s3Listers()[bucketType])
	switch {
	case failed != nil:
		return access, s3Listers()[bucketType].action, failed
	case slices.ContainsFunc(own, func(e checks.Existing) bool { return e.Name == name }):
		return access, action, err
	}
	return access, action, nil
}
