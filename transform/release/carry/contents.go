package carry

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

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
		switch {
		case kinds[o.Key] != "" || o.Key == v.Manifest() || strings.HasSuffix(o.Key, "/"):
		case s.strays(o.Key):
			s.left = append(s.left, o.Key)
		default:
			s.extras = append(s.extras, o)
		}
	}
	return nil
}

// strays tells what lies in a folder and is no part of the release: whatever its
// manifest does not record and, where there is none, what desktops leave.
func (s *survey) strays(key string) bool {
	switch {
	case !s.side.local():
		return false
	case s.manifest == nil:
		return ofDesktop(key)
	}
	_, recorded := s.records[key]
	return !recorded && !s.terms.Extras
}

// desktop are the files that desktops leave in folders that they show.
var desktop = map[string]bool{
	".ds_store": true, ".localized": true, "thumbs.db": true, "ehthumbs.db": true, "desktop.ini": true, ".directory": true,
	"__macosx": true, ".spotlight-v100": true, ".trashes": true, ".fseventsd": true, ".appledouble": true, "@eadir": true,
	"$recycle.bin": true, "system volume information": true,
}

func ofDesktop(key string) bool {
	for name := range strings.SplitSeq(strings.ToLower(key), "/") {
		if desktop[name] || strings.HasPrefix(name, "._") || strings.HasPrefix(name, ".trash-") || strings.HasPrefix(name, "icon\r") {
			return true
		}
	}
	return false
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
	if o, ok := s.extra[key]; ok {
		return s.proven(o), nil
	}
	o, err := s.index.get(key)
	return s.proven(o), err
}

func (s *survey) proven(o s3copy.Object) s3copy.Object {
	if sha, ok := s.digests[o.Key]; ok {
		o.SHA256 = sha
	}
	o.Unkeyed = s.terms.accepts(o.Key)
	return o
}

// held is an object of which the bytes are at hand: a template that was read.
// What has been followed is what is written, also when the file is another by
// now; a template of a bucket is asked for again where nothing vouched for it.
func (s *survey) held(o s3copy.Object) s3copy.Object {
	text, ok := s.atHand()[o.Key]
	switch {
	case ok && s.side.local():
		unkeyed := o.Unkeyed
		o = s3copy.InMemory(o.Key, text)
		o.Unkeyed = unkeyed
	case ok && o.Size == int64(len(text)):
		o.SHA256, o.Stated = s3copy.InMemory(o.Key, text).SHA256, true
	}
	return o
}

// source is where the objects are copied from.
func (s *survey) source() s3copy.Store { return s3copy.Overlay(s.store, s.atHand()) }

func (s *survey) atHand() map[string][]byte {
	if s.side.local() {
		return s.release.Templates
	}
	return s.texts
}
