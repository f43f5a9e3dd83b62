package collect

import (
	"context"
	"errors"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

func objectsCollector() collector {
	return collector{calls: []Call{{Action: "s3:GetObject", Facts: []string{factObjects}}}, run: collectObjects}
}

// collectObjects asks for the head of every object that the release is
// deployed from. It reads none of them.
func collectObjects(ctx context.Context, s *session) {
	objects := s.askable(ctx, factObjects)
	asked := len(objects)
	objects = append(objects, s.owed(ctx, objects)...)
	failed := make([]error, len(objects))
	var index []int
	for i := range objects {
		index = append(index, i)
	}
	each(index, func(i int) { objects[i], failed[i] = s.object(ctx, objects[i]) })
	var read []checks.Object
	for i, err := range failed {
		if err != nil {
			s.gap(part(factObjects, objects[i].Bucket+"/"+objects[i].Key), "s3:GetObject", err)
			continue
		}
		if i >= asked && objects[i].State == checks.StatePresent {
			continue // there, but the template names another bucket: that stays the gap it is
		}
		read = append(read, objects[i])
	}
	s.fill(func(f *checks.Facts) { f.Objects = read })
}

// object tells readable, forbidden, missing and another region apart: each has
// its own remedy.
func (s *session) object(ctx context.Context, o checks.Object) (checks.Object, error) {
	o.State, o.Region = checks.StatePresent, s.options.Config.Region
	err := s.head(ctx, o, "")
	if region := elsewhere(err, o.Region); region != "" {
		o.State, o.Region = checks.StateElsewhere, region
		return o, nil
	}
	switch {
	case err == nil:
	case failure.Is(err, "NotFound", "NoSuchKey", "NoSuchBucket"):
		o.State = checks.StateMissing
	case isForbidden(err):
		// A head has no body, so the code of the answer is not known: it is
		// the owner who refuses this account.
		o.State = checks.StateForbidden
	default:
		return o, err
	}
	return o, nil
}

func (s *session) head(ctx context.Context, o checks.Object, region string) error {
	_, err := call(ctx, s, "s3:GetObject", func(ctx context.Context) (*s3.HeadObjectOutput, error) {
		return s.s3(region).HeadObject(ctx, &s3.HeadObjectInput{Bucket: &o.Bucket, Key: &o.Key})
	})
	return err
}

func isForbidden(err error) bool {
	var response *smithyhttp.ResponseError
	return errors.As(err, &response) && response.HTTPStatusCode() == http.StatusForbidden
}
