package collect

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// UnreadError says why a template could not be read, as a gap would.
type UnreadError struct {
	URL, Reason, Action string
	err                 error
}

func (e *UnreadError) Error() string {
	return fmt.Sprintf("%s could not be read: %s", e.URL, e.Reason)
}

// Unwrap is fs.ErrNotExist for what is not there.
func (e *UnreadError) Unwrap() error { return e.err }

// Fetch reads a template from S3 with the caller's credentials, or from any
// other https:// URL without.
func (c *Collection) Fetch(ctx context.Context, url string) ([]byte, error) {
	s := c.session
	loc, isS3 := s3url.Parse(url)
	if !isS3 || loc.Bucket == "" {
		return s.download(ctx, url)
	}
	text, err := s.read(ctx, loc, loc.Region)
	if region := elsewhere(err, loc.Region); region != "" {
		text, err = s.read(ctx, loc, region)
	}
	switch {
	case err == nil:
		return text, nil
	case isCode(err, "NoSuchKey", "NoSuchBucket", "NotFound"):
		return nil, &UnreadError{URL: url, Reason: "NotFound", err: fs.ErrNotExist}
	}
	e := &UnreadError{URL: url, Reason: classify(err), err: err}
	if denied(e.Reason) {
		e.Action = "s3:GetObject"
	}
	return nil, e
}

// read reads one object, at most one byte more than a document may have.
func (s *session) read(ctx context.Context, loc s3url.Location, region string) ([]byte, error) {
	return call(ctx, s, "s3:GetObject", func(ctx context.Context) ([]byte, error) {
		in := &s3.GetObjectInput{Bucket: &loc.Bucket, Key: &loc.Key}
		if loc.VersionID != "" {
			in.VersionId = &loc.VersionID
		}
		out, err := s.s3(region).GetObject(ctx, in)
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
		return nil, &UnreadError{URL: url, Reason: classify(err), err: err}
	}
	return text, nil
}
