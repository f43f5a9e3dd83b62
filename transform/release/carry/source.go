package carry

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// source reads whole small objects: templates and manifests. What the manifest
// records must be what it records.
type source struct {
	store   s3copy.Store
	index   *index                   // spares asking for what is not there; may be nil
	digests func() map[string]string // asked when the bytes are there; may be nil
	terms   Terms
	most    int64                                           // bytes; as many as a template may have when 0
	told    func(o s3copy.Object, text []byte, proven bool) // of what was read, and whether something vouches for it; may be nil
}

// Read implements release.Source.
func (s source) Read(ctx context.Context, key string) ([]byte, error) {
	text, err := s.read(ctx, key)
	for again := 1; again < s3copy.Flips && errors.Is(err, s3copy.ErrCorrupt); again++ {
		text, err = s.read(ctx, key)
	}
	if errors.Is(err, s3copy.ErrNotFound) {
		return nil, fmt.Errorf("%w: %w", err, fs.ErrNotExist)
	}
	return text, err
}

func (s source) read(ctx context.Context, key string) ([]byte, error) {
	if err := safekey.Check(key); err != nil {
		// It is refused by name with the rest; no service is asked for it.
		return nil, &s3copy.Error{Op: "read", Key: key, Kind: s3copy.ErrNotFound, Err: err}
	}
	if s.index != nil && s.index.all != nil {
		if _, err := s.index.get(key); err != nil {
			return nil, err
		}
	}
	body, err := s.store.Open(ctx, s3copy.Object{Key: key}, 0, s3copy.ToEnd)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	o := body.Object
	most := cmp.Or(s.most, yamldoc.MaxBytes)
	if o.Size > most {
		return nil, fmt.Errorf("%s: %d bytes are more than the %d that are read", s3copy.Quoted(key), o.Size, most)
	}
	text, err := io.ReadAll(io.LimitReader(body, most+1))
	if err != nil {
		return nil, err
	}
	if !o.Stated {
		if o, err = s.store.Stat(ctx, key); err != nil {
			return nil, err
		}
	}
	if s.digests != nil {
		if sha, ok := s.digests()[key]; ok {
			o.SHA256 = sha
		}
	}
	o.Unkeyed = s.terms.accepts(key)
	v := s3copy.NewVerifier(o)
	v.Write(text) //nolint:errcheck // a hash takes every byte
	if v.Verdict() == s3copy.Differs {
		return nil, &s3copy.Error{Op: "read", Key: key, Kind: s3copy.ErrCorrupt, Err: cmp.Or(v.Altered(), errors.New("it was altered"))}
	}
	if s.told != nil {
		s.told(body.Object, text, v.Verdict() == s3copy.Same)
	}
	return text, nil
}
