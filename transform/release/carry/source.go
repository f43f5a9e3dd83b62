package carry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// source reads whole small objects: templates and manifests. What the manifest
// records must be what it records.
type source struct {
	store   s3copy.Store
	index   *index                   // spares look-ups, where there is a listing
	digests func() map[string]string // asked when the bytes are there; may be nil
}

// Read implements release.Source.
func (s source) Read(ctx context.Context, key string) ([]byte, error) {
	text, err := s.read(ctx, key)
	if errors.Is(err, s3copy.ErrNotFound) {
		return nil, fmt.Errorf("%w: %w", err, fs.ErrNotExist)
	}
	return text, err
}

func (s source) read(ctx context.Context, key string) ([]byte, error) {
	o, err := s.look(ctx, key)
	if err != nil {
		return nil, err
	}
	if o.Size > yamldoc.MaxBytes {
		return nil, fmt.Errorf("%s: %d bytes are more than a template can have", key, o.Size)
	}
	body, err := s.store.Open(ctx, o, 0, o.Size)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	if o = body.Object; !o.Stated {
		if o, err = s.store.Stat(ctx, key); err != nil {
			return nil, err
		}
	}
	if s.digests != nil {
		if sha, ok := s.digests()[key]; ok {
			o.SHA256 = sha
		}
	}
	v := s3copy.NewVerifier(o)
	v.Write(text) //nolint:errcheck // a hash takes every byte
	if v.Verdict() == s3copy.Differs {
		return nil, &s3copy.Error{Op: "read", Key: key, Kind: s3copy.ErrCorrupt, Err: errors.New("it was altered")}
	}
	return text, nil
}

func (s source) look(ctx context.Context, key string) (s3copy.Object, error) {
	if s.index != nil && s.index.all != nil {
		return s.index.get(key)
	}
	return s.store.Stat(ctx, key)
}
