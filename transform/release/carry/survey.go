package carry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// survey is what a side holds of a release.
type survey struct {
	side      Side
	store     s3copy.Store // of the side, below what is held in memory
	index     *index
	manifest  *release.Manifest // nil without one
	digests   map[string]string // of the manifest
	release   *release.Release
	inventory release.Inventory
	extras    []s3copy.Object
	kinds     map[string]release.Kind
	unread    error // why the templates could not be read; then inventory is empty
	refused   []error
	warnings  []string
	memory    map[string][]byte
}

// look finds out what a side holds of a release.
func look(ctx context.Context, side Side, v release.Version, own s3url.Set, memory map[string][]byte) (*survey, error) {
	s := &survey{side: side, store: side.Store, memory: memory, release: &release.Release{Version: v}}
	var err error
	if s.index, err = side.look(ctx); err != nil {
		return nil, err
	}
	if len(memory) > 0 {
		s.store = s3copy.Overlay(side.Store, memory)
		s.index.hold(memory)
	}
	var unrecorded error
	recorded := make(chan struct{})
	go func() {
		unrecorded = s.readManifest(ctx, v)
		close(recorded)
	}()
	err = s.discover(ctx, v, own, func() map[string]string { <-recorded; return s.unchanged() })
	if <-recorded; unrecorded != nil {
		return nil, unrecorded
	}
	if err != nil {
		if !altered(err) {
			return nil, err
		}
		s.unread = err
	}
	if err := s.listExtras(ctx, v); err != nil {
		return nil, err
	}
	s.kinds = s.release.Kinds()
	for _, o := range s.extras {
		s.kinds[o.Key] = release.Extra
	}
	s.refuse()
	return s, nil
}

// altered faults are of the bytes of a template, not of reaching it.
func altered(err error) bool {
	return errors.Is(err, s3copy.ErrCorrupt) || errors.Is(err, yamldoc.ErrInput)
}

func (s *survey) readManifest(ctx context.Context, v release.Version) error {
	text, err := source{store: s.side.Store, index: s.index}.Read(ctx, v.Manifest())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, s3copy.ErrDenied):
		return nil // a bucket that may not be listed answers so for what is not there
	case err != nil:
		return fmt.Errorf("read the manifest in %s: %w", s.side.Name, err)
	}
	if s.manifest, err = release.ParseManifest(text, v); err != nil {
		return fmt.Errorf("%s: %w; remove it to go on without one", s.side.Name, err)
	}
	s.digests = s.manifest.Digests()
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
		o.s.warnings = append(o.s.warnings, key+" is not there or may not be read; it goes without")
		return nil, fmt.Errorf("%w: %w", err, fs.ErrNotExist)
	}
	return text, err
}

func (s *survey) discover(ctx context.Context, v release.Version, own s3url.Set, digests func() map[string]string) error {
	found, err := release.Discover(ctx, optional{source{s.store, s.index, digests}, v.Proxy(), s}, v, own)
	if err != nil {
		return err
	}
	s.release = found
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
	s.inventory = s.release.Inventory(own, s.there)
	return nil
}

// unchanged are the recorded digests of what is not held in memory.
func (s *survey) unchanged() map[string]string {
	if len(s.memory) == 0 {
		return s.digests
	}
	digests := maps.Clone(s.digests)
	for key := range s.memory {
		delete(digests, key)
	}
	return digests
}

// there tells whether a key is there. One that may not be looked up counts as
// not there, and one that is unsafe as there: it is refused by name later.
func (s *survey) there(key string) bool {
	if _, ok := s.memory[key]; ok {
		return true
	}
	if safekey.Check(key) != nil {
		return true
	}
	_, err := s.index.get(key)
	return err == nil
}

func (s *survey) listExtras(ctx context.Context, v release.Version) error {
	found, err := s.index.held(v.Prefix()), error(nil)
	if s.index.all == nil {
		found, err = s.side.Store.List(ctx, v.Prefix())
	}
	switch {
	case errors.Is(err, s3copy.ErrDenied):
		s.warnings = append(s.warnings, fmt.Sprintf("what else lies under %s cannot be told: listing %s is denied", v.Prefix(), s.side.Name))
		return nil
	case err != nil:
		return err
	}
	kinds := s.release.Kinds()
	for _, o := range found {
		if kinds[o.Key] == "" && o.Key != v.Manifest() && !strings.HasSuffix(o.Key, "/") {
			s.extras = append(s.extras, o)
		}
	}
	return nil
}

// refuse gathers the keys that may not become files.
func (s *survey) refuse() {
	var keys safekey.Set
	for _, key := range s.keys() {
		if err := keys.Add(key); err != nil {
			s.refused = append(s.refused, err)
		}
	}
}

// keys are all that is to be carried: what the templates reach, then the rest.
func (s *survey) keys() []string {
	keys := append([]string{}, s.inventory.Keys...)
	for _, o := range s.extras {
		keys = append(keys, o.Key)
	}
	return keys
}

// object is what the side knows of one of the keys, its SHA-256 from the
// manifest where there is one.
func (s *survey) object(key string) (s3copy.Object, error) {
	if body, ok := s.memory[key]; ok {
		return s3copy.InMemory(key, body), nil
	}
	for _, o := range s.extras {
		if o.Key == key {
			return s.proven(o), nil
		}
	}
	o, err := s.index.get(key)
	return s.proven(o), err
}

func (s *survey) proven(o s3copy.Object) s3copy.Object {
	if sha, ok := s.digests[o.Key]; ok {
		o.SHA256 = sha
	}
	return o
}
