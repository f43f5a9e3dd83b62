package carry

import (
	"context"
	"errors"
	"maps"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// survey is what a side holds of a release.
type survey struct {
	side      Side
	store     s3copy.Store // of the side, below what is held in memory
	index     *index
	manifest  *release.Manifest // nil without one
	terms     Terms
	digests   map[string]string // of the manifest, where the side's templates are still its own
	records   map[string]release.Record
	release   *release.Release
	inventory release.Inventory
	extras    []s3copy.Object
	extra     map[string]s3copy.Object // the same by key
	left      []string                 // of a folder, under the version, and no part of the release
	kinds     map[string]release.Kind
	unread    error // why the templates could not be read; then inventory is empty
	refused   []error
	warnings  []string
	replaced  []string          // templates that are not what was read any more
	memory    map[string][]byte // templates in the place of those of the side

	mu    sync.Mutex
	texts map[string][]byte // templates as read, where something vouched for them
	etags map[string]string // of all that were read
}

// look finds out what a side holds of a release. The listing, the manifest and
// the templates are asked for at once: none needs another's answer.
func look(ctx context.Context, side Side, v release.Version, terms Terms) (*survey, error) {
	s := &survey{side: side, store: side.Store, terms: terms, release: &release.Release{Version: v}, texts: map[string][]byte{}, etags: map[string]string{}}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	var unlisted, unrecorded error
	listed, recorded := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(listed)
		unlisted = parallel.Caught(func() (err error) {
			s.index, err = side.look(ctx)
			return err
		})()
		if unlisted != nil {
			stop() // the rest would only meet the same fault
		}
	}()
	go func() {
		defer close(recorded)
		unrecorded = parallel.Caught(func() error { return s.readManifest(reading, v) })()
	}()
	own := owner{terms, func() *release.Manifest { <-recorded; return s.manifest }}
	unread := s.discover(reading, source{store: side.Store, terms: terms}, own, func() map[string]string { <-recorded; return s.digests })
	<-listed
	<-recorded
	if errors.Is(unrecorded, s3copy.ErrCorrupt) {
		unread, unrecorded = unrecorded, nil
	}
	for _, err := range []error{unlisted, unrecorded} {
		if err != nil {
			return nil, err
		}
	}
	return s, s.complete(ctx, unread)
}

// with is the survey of the same side with other templates in the place of its
// own. What vouched for a template before is not asked again.
func (s *survey) with(ctx context.Context, memory map[string][]byte) (*survey, error) {
	held := maps.Clone(s.texts)
	maps.Copy(held, memory)
	digests := maps.Clone(s.digests)
	for key := range memory {
		delete(digests, key)
	}
	after := &survey{
		side: s.side, store: s3copy.Overlay(s.side.Store, memory), index: s.index, manifest: s.manifest, digests: digests, records: s.records, terms: s.terms,
		release: &release.Release{Version: s.release.Version}, memory: memory, texts: held, etags: s.etags,
	}
	after.index.hold(memory)
	unread := after.discover(ctx, source{store: s3copy.Overlay(s.side.Store, held), index: s.index, terms: s.terms}, after.owner(), func() map[string]string { return digests })
	return after, after.complete(ctx, unread)
}

// complete takes stock of what discovery has found, or of why it found nothing.
func (s *survey) complete(ctx context.Context, unread error) error {
	if unread == nil {
		unread = s.take(ctx)
	}
	if unread != nil {
		if !altered(unread) {
			return unread
		}
		s.unread = unread
	}
	if err := s.listExtras(ctx, s.release.Version); err != nil {
		return err
	}
	s.kinds, s.extra = s.release.Kinds(), map[string]s3copy.Object{}
	for _, o := range s.extras {
		s.kinds[o.Key], s.extra[o.Key] = release.Extra, o
	}
	s.refuse()
	return s.findRecorded(ctx)
}

func (s *survey) owner() owner {
	return owner{s.terms, func() *release.Manifest { return s.manifest }}
}

// altered faults are of the bytes of a template, not of reaching it.
func altered(err error) bool {
	return errors.Is(err, s3copy.ErrCorrupt) || errors.Is(err, yamldoc.ErrInput)
}
