package collect

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// refuse says why a template is not asked for at all. The entry template is
// where the operator says; the others are where a template says, and
// CloudFormation reads those from S3 only.
func (s *session) refuse(ref string) string {
	u, err := url.Parse(ref)
	switch {
	case err != nil:
		return "the URL cannot be read"
	case u.Scheme == "s3":
		return ""
	case u.Scheme != "https":
		return "templates are read over https:// and s3:// only"
	}
	entry, err := url.Parse(s.facts.Run.TemplateURL)
	if _, isS3 := s3url.Parse(ref); isS3 || err == nil && entry.Scheme == u.Scheme && entry.Host == u.Host {
		return ""
	}
	return "a nested template on " + u.Host + ", which is not Amazon S3, is not asked for"
}

// foreignBucket is a bucket that a template names and that the caller's
// credentials are not used on.
type foreignBucket struct{}

func (foreignBucket) Error() string { return foreignBucket{}.NotSent() }

// NotSent says why no request was made.
func (foreignBucket) NotSent() string {
	return "the bucket belongs neither to the entry template nor to the vendor nor to this account, so your credentials are not used on it"
}

// trusted says whether the caller's credentials are used on a bucket: that of
// the entry template, one of the vendor's, or one of the caller's own account.
// The owner of any other would learn who asks, and what the caller may read
// would be read for whoever wrote the template.
func (s *session) trusted(ctx context.Context, loc s3url.Location) bool {
	china := strings.HasPrefix(s.options.Config.Region, "cn-")
	if loc.Partition != "" && (loc.Partition == "aws-cn") != china || loc.Region != "" && !s.samePartition(loc.Region) {
		return false
	}
	if loc.Bucket == s.facts.Run.Location.Bucket || slices.Contains(s.options.Scope.Publishers, loc.Bucket) {
		return true
	}
	own, err := s.listing(ctx, bucketType, s3Listers()[bucketType])
	return err == nil && slices.ContainsFunc(own, func(b checks.Existing) bool { return b.Name == loc.Bucket })
}

// samePartition tells whether a region is one that the credentials are for.
func (s *session) samePartition(region string) bool {
	for _, prefix := range []string{"cn-", "us-gov-"} {
		if strings.HasPrefix(region, prefix) != strings.HasPrefix(s.options.Config.Region, prefix) {
			return false
		}
	}
	return true
}

// anonymous is a client that signs nothing.
func (s *session) anonymous(region string) *s3.Client {
	return s3.NewFromConfig(s.in(region), append(slices.Clone(s.options.S3), func(o *s3.Options) {
		o.Credentials = aws.AnonymousCredentials{}
	})...)
}
