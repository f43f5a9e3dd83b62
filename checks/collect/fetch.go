package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"

	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

// UnreadError says why a template could not be read, as a gap would.
type UnreadError struct {
	URL, Reason, Action string
	// Open says that nothing is known of the template: it was not asked for, or
	// not as CloudFormation would.
	Open bool
	err  error
}

func (e *UnreadError) Error() string {
	return fmt.Sprintf("%s could not be read: %s", e.URL, e.Reason)
}

// Unwrap is fs.ErrNotExist for what is not there.
func (e *UnreadError) Unwrap() error { return e.err }

// Fetch reads a template over https or from S3. A template names others, and
// whoever wrote it is not to use the caller's credentials as he likes: see
// trusted. Everything else is read as anybody may.
func (c *Collection) Fetch(ctx context.Context, url string) ([]byte, error) {
	s := c.session
	if refusal := s.refuse(url); refusal != "" {
		return nil, &UnreadError{URL: url, Reason: refusal, Open: true}
	}
	loc, isS3 := s3url.Parse(url)
	if !isS3 || loc.Bucket == "" {
		return s.download(ctx, url)
	}
	signed := s.trusted(ctx, loc)
	text, err := s.read(ctx, loc, loc.Region, signed)
	if region := elsewhere(err, loc.Region); region != "" {
		text, err = s.read(ctx, loc, region, signed && s.samePartition(region))
	}
	switch {
	case err == nil:
		return text, nil
	case failure.Is(err, "NoSuchKey", "NoSuchBucket", "NotFound"):
		return nil, &UnreadError{URL: url, Reason: "NotFound", err: fs.ErrNotExist}
	}
	return nil, unread(url, loc, signed, err)
}

func unread(url string, loc s3url.Location, signed bool, err error) *UnreadError {
	e := &UnreadError{URL: url, Reason: failure.Reason(err), err: err}
	e.Open = !failure.Denied(err)
	switch {
	case failure.Denied(err) && signed:
		e.Action = "s3:GetObject"
	case failure.Denied(err):
		e.Open = true
		e.Reason += ": bucket " + loc.Bucket + " belongs neither to this release nor to this account and was read without credentials"
	}
	return e
}

// read reads one object, at most one byte more than a document may have.
func (s *session) read(ctx context.Context, loc s3url.Location, region string, signed bool) ([]byte, error) {
	return call(ctx, s, "s3:GetObject", func(ctx context.Context) ([]byte, error) {
		in := &s3.GetObjectInput{Bucket: &loc.Bucket, Key: &loc.Key}
		if loc.VersionID != "" {
			in.VersionId = &loc.VersionID
		}
		client := s.s3(region)
		if !signed {
			client = s.anonymous(region)
		}
		out, err := client.GetObject(ctx, in)
		if err != nil {
			return nil, err
		}
		defer out.Body.Close()
		return io.ReadAll(io.LimitReader(out.Body, yamldoc.MaxBytes+1))
	})
}

func (s *session) download(ctx context.Context, url string) ([]byte, error) {
	text, err := call(ctx, s, "https", func(ctx context.Context) ([]byte, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		client := s.options.Config.HTTPClient
		response, err := client.Do(request)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		switch response.StatusCode {
		case http.StatusOK:
			return io.ReadAll(io.LimitReader(response.Body, yamldoc.MaxBytes+1))
		case http.StatusNotFound:
			return nil, fs.ErrNotExist
		}
		return nil, fmt.Errorf("the server answered %s", response.Status)
	})
	if err != nil {
		return nil, &UnreadError{URL: url, Reason: failure.Reason(err), Open: !errors.Is(err, fs.ErrNotExist), err: err}
	}
	return text, nil
}
