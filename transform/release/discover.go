package release

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// Source is where a release is read from. The error for a key that is not there
// is fs.ErrNotExist.
type Source interface {
	Read(ctx context.Context, key string) ([]byte, error)
}

// Owner tells which buckets' references are the release's own.
type Owner interface{ Match(bucket string) bool }

// readers is how many templates are read at once.
const readers = 32

// Discover reads the entry templates and, through them, every template that the
// release reaches. Only templates are read: whether the other objects are there
// is for the caller to find out. Buckets are those whose references are the
// release's own.
func Discover(ctx context.Context, src Source, v Version, own Owner) (*Release, error) {
	d := &discovery{src: src, own: own, seen: map[string]bool{}, release: &Release{Version: v, Templates: map[string][]byte{}}}
	for next := []string{v.Entry(), v.Proxy()}; len(next) > 0; {
		found, err := d.level(ctx, next)
		if err != nil {
			return nil, err
		}
		next = found
	}
	r := d.release
	slices.SortFunc(r.References, compareReferences)
	slices.SortFunc(r.Images, func(a, b Image) int { return comparePlaces(a.At, b.At) })
	slices.Sort(r.Absent)
	slices.Sort(r.Entries)
	return r, nil
}

type discovery struct {
	src     Source
	own     Owner
	seen    map[string]bool
	mu      sync.Mutex
	release *Release
}

// level reads templates and returns the keys of those that they name.
func (d *discovery) level(ctx context.Context, keys []string) ([]string, error) {
	for _, key := range keys {
		d.seen[key] = true
	}
	var group errgroup.Group
	group.SetLimit(readers)
	found := make([][]string, len(keys))
	for i, key := range keys {
		group.Go(parallel.Caught(func() (err error) {
			found[i], err = d.template(ctx, key)
			return err
		}))
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var next []string
	for _, key := range slices.Concat(found...) {
		if !d.seen[key] {
			d.seen[key] = true
			next = append(next, key)
		}
	}
	return next, nil
}

func (d *discovery) template(ctx context.Context, key string) ([]string, error) {
	text, err := d.src.Read(ctx, key)
	d.mu.Lock()
	defer d.mu.Unlock()
	r := d.release
	if errors.Is(err, fs.ErrNotExist) {
		if key != r.Version.Proxy() {
			r.Absent = append(r.Absent, key)
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read template %s: %w", key, err)
	}
	doc, err := yamldoc.Parse(key, text)
	if err != nil {
		return nil, err
	}
	t, err := cfn.FromYAML(doc, doc.Root)
	if err != nil {
		return nil, err
	}
	r.Templates[key] = text
	if key == r.Version.Entry() || key == r.Version.Proxy() {
		r.Entries = append(r.Entries, key)
		r.Declared = append(r.Declared, declared(key, t)...)
	}
	refs, images := scan(key, t)
	r.Images = append(r.Images, images...)
	var next []string
	for _, ref := range refs {
		if !ref.Slot && !d.own.Match(ref.Bucket) {
			continue
		}
		r.References = append(r.References, ref)
		if ref.Template && !ref.Local && ref.Key != "" {
			next = append(next, ref.Key)
		}
	}
	return next, nil
}

func compareReferences(a, b Reference) int {
	if c := comparePlaces(a.At, b.At); c != 0 {
		return c
	}
	return strings.Compare(a.Key, b.Key)
}

func comparePlaces(a, b Place) int {
	if c := strings.Compare(a.Template, b.Template); c != 0 {
		return c
	}
	if a.Line != b.Line {
		return a.Line - b.Line
	}
	return a.Column - b.Column
}
