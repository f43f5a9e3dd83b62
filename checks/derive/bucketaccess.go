package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// The action that fills a bucket, and an account that is not the caller's.
const (
	writeAction    = "s3:PutObject"
	anotherAccount = "000000000000"
)

// BucketAccess works out what the buckets of the release leave of writing by
// the caller: their policies, and whose they are. It takes the caller's own
// policies to allow it, which it does not know.
func BucketAccess(f *checks.Facts) {
	for i := range f.BucketAccess {
		a := &f.BucketAccess[i]
		a.Write, a.Why = writes(f, *a)
	}
}

func writes(f *checks.Facts, a checks.BucketAccess) (write, why string) {
	if !a.Read {
		return checks.HoldsUnknown, "it belongs to another account, and its policy cannot be read"
	}
	policies := &iam.Policies{Administrator: true}
	if a.Policy != "" {
		policy, err := iam.Parse(a.Bucket, iam.Resource, []byte(a.Policy))
		if err != nil {
			return checks.HoldsUnknown, err.Error()
		}
		policies.Resource = []*iam.Policy{policy}
	}
	query, err := iam.NewQuery(writeRequest(f, a.Bucket))
	if err != nil {
		return checks.HoldsUnknown, "the caller is not known"
	}
	e := policies.Explain(query)
	switch {
	case e.Decision == iam.Allowed:
		return checks.HoldsYes, ""
	case e.Decision == iam.Unknown && len(e.DependsOn) > 0:
		return checks.HoldsUnknown, "it depends on " + strings.Join(e.DependsOn, ", ")
	case e.Decision == iam.Unknown:
		return checks.HoldsUnknown, "it depends on what only the request tells"
	case e.Decision == iam.ExplicitlyDenied && e.Statement != nil:
		return checks.HoldsNo, "its policy denies it in " + worded(e.Statement)
	}
	return checks.HoldsNo, "it belongs to another account, and its policy does not allow it"
}

func writeRequest(f *checks.Facts, bucket string) iam.Request {
	r := iam.Request{
		Action: writeAction, Resource: "arn:" + f.Run.Partition + ":s3:::" + bucket + "/*", ResourceIsPattern: true,
		Principal: f.Caller.ARN, ManagementAccount: f.Organizations.Standing == checks.OrganizationManagement,
		Context: map[string]iam.Value{
			"aws:RequestedRegion": iam.Is(f.Run.Region), "aws:SecureTransport": iam.Is("true"),
			"s3:ResourceAccount": {State: iam.KeyUnknown},
		},
	}
	if f.Caller.PathKnown {
		r.RolePath = rolePath(f.Caller.RoleARN)
	}
	for _, b := range f.Buckets {
		if b.Name == bucket && !b.Owned {
			r.ResourceAccount = anotherAccount
		}
	}
	return r
}

// rolePath is the path in the ARN of a role.
func rolePath(arn string) string {
	_, rest, _ := strings.Cut(arn, ":role")
	return rest[:strings.LastIndexByte(rest, '/')+1]
}
