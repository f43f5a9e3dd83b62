package carry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

func (s *survey) readManifest(ctx context.Context, v release.Version) error {
	text, err := source{store: s.side.Store, most: release.MaxManifest}.Read(ctx, v.Manifest())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, s3copy.ErrDenied):
		return nil // a bucket that may not be listed answers so for what is not there
	case err != nil:
		return fmt.Errorf("read the manifest in %s: %w", s.side.Name, err)
	}
	if s.manifest, err = release.ParseManifest(text, v); err != nil {
		if s.side.local() {
			err = fmt.Errorf("%w; remove it to go on without one", err)
		}
		return fmt.Errorf("%s: %w", s.side.Name, err)
	}
	s.digests, s.records = s.manifest.Digests(), s.manifest.Records()
	return nil
}

// optional reads the proxy's template as absent where it may not be read.
type optional struct {
	source
	key string
	s   *survey
}

func (o optional) Read(ctx context.Context, key string) ([]byte, error) {
	text, err := o.source.Read(ctx, key)
	if key == o.key && errors.Is(err, s3copy.ErrDenied) {
		o.s.warnings = append(o.s.warnings, s3copy.Quoted(key)+" is not there or may not be read; it goes without")
		return nil, fmt.Errorf("%w: %w", err, fs.ErrNotExist)
	}
	return text, err
}

// discover reads the templates. The digests are those of the manifest, asked
// for when the first bytes are there.
func (s *survey) discover(ctx context.Context, from source, own release.Owner, digests func() map[string]string) error {
	from.digests = digests
	from.told = func(o s3copy.Object, text []byte, proven bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if _, before := s.texts[o.Key]; before {
			return
		}
		if s.etags[o.Key] = o.ETag; proven {
			s.texts[o.Key] = text
		}
	}
	v := s.release.Version
	found, err := release.Discover(ctx, optional{from, v.Proxy(), s}, v, own)
	if err == nil {
		s.release = found
	}
	return err
}

// take looks up what the templates reach.
func (s *survey) take(ctx context.Context) error {
	keys := slices.Clone(s.release.Entries)
	for _, ref := range s.release.References {
		if _, ok := s.memory[ref.Key]; !ok && !ref.Local && safekey.Check(ref.Key) == nil {
			keys = append(keys, ref.Key)
		}
	}
	slices.Sort(keys)
	if err := s.index.find(ctx, slices.Compact(keys)); err != nil {
		return err
	}
	s.inventory = s.release.Inventory(s.owner(), s.there)
	s.findReplaced()
	return nil
}

// findReplaced finds the templates that were replaced between being read and
// being looked up, in either order: what was followed is not what stands there.
func (s *survey) findReplaced() {
	for key, etag := range s.etags {
		if _, ours := s.memory[key]; ours {
			continue
		}
		if o, err := s.index.get(key); err == nil && o.ETag != "" && o.ETag != etag {
			s.replaced = append(s.replaced, fmt.Sprintf("%s was replaced in %s while the release was being read: run again", s3copy.Quoted(key), s.side.Name))
		}
	}
	slices.Sort(s.replaced)
}

// findRecorded finds what the manifest records and what is not there.
func (s *survey) findRecorded(ctx context.Context) error {
	if s.manifest == nil {
		return nil
	}
	var recorded []string
	for _, o := range s.manifest.Objects {
		recorded = append(recorded, o.Key)
	}
	if err := s.index.find(ctx, recorded); err != nil {
		return err
	}
	missing := map[string]bool{}
	for _, m := range s.inventory.Missing {
		missing[m.Key] = true
	}
	for _, o := range s.manifest.Objects {
		if _, err := s.index.get(o.Key); err != nil && !missing[o.Key] {
			s.inventory.Missing = append(s.inventory.Missing, release.Absence{
				Key: o.Key, Reason: "recorded in the manifest and not there", ReferencedBy: append([]string{}, o.ReferencedBy...),
			})
		}
	}
	return nil
}
