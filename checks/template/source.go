package template

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

// Source is where template bodies come from.
type Source struct {
	// Files holds the entry template and its children: by path relative to the
	// template that names them or, in a release folder, by bucket key. It may
	// be nil. Open makes one of a directory.
	Files fs.FS
	// Fetch reads an https:// or s3:// URL. It is nil when nothing may be read
	// over the network, and answers ErrNotRead for what it will not read.
	Fetch func(ctx context.Context, url string) ([]byte, error)
	// Read are the files that were read of Files before; nil keeps none.
	Read *Documents
}

// ErrNotRead is the answer for a body that lies where the caller does not let
// us look: nothing is known of it, which is not the same as missing.
var ErrNotRead = errors.New("not read")

// Body is one template text. Name is how findings name it: the path below the
// folder, the key in a release folder, or the URL.
type Body struct {
	Name string
	Text []byte
}

// entry reads the template that the tree starts from.
func (s Source) entry(ctx context.Context, name string) (Body, error) {
	if isURL(name) {
		return s.fetch(ctx, name)
	}
	return s.file(path.Clean(name))
}

// child reads the template that a nested stack of parent names.
func (s Source) child(ctx context.Context, parent Body, ref string) (Body, error) {
	if !isURL(ref) && isURL(parent.Name) {
		base, err := url.Parse(parent.Name)
		if err != nil {
			return Body{}, fmt.Errorf("resolve %s: %w", ref, err)
		}
		return s.fetch(ctx, base.JoinPath("..", ref).String())
	}
	if !isURL(ref) {
		name := path.Join(path.Dir(parent.Name), ref)
		if path.IsAbs(ref) || !fs.ValidPath(name) {
			return Body{}, fmt.Errorf("%s leads out of the folder of the entry template", ref)
		}
		return s.file(name)
	}
	for _, key := range keys(ref) {
		if key == "" { // the URL names a host only
			continue
		}
		if b, err := s.file(fileOf(key)); !errors.Is(err, fs.ErrNotExist) {
			return b, err
		}
	}
	return s.fetch(ctx, ref)
}

// fileOf is the file that a bucket key is kept as: a folder has no empty names
// between its slashes, which a key may have.
func fileOf(key string) string {
	if name := strings.TrimLeft(path.Clean(key), "/"); strings.Contains("/"+key, "//") && !slices.Contains(strings.Split(key, "/"), "..") {
		return name
	}
	return key
}

// places are the buckets that a URL may be in, one for each of its keys: what
// stands before the key.
func places(ref string) []string {
	var out []string
	for _, key := range keys(ref) {
		out = append(out, strings.TrimSuffix(ref, key))
	}
	return out
}

// keys are what may be the bucket key in a URL: with a path-style host the
// first segment is the bucket.
func keys(ref string) []string {
	u, err := url.Parse(ref)
	if err != nil {
		return nil
	}
	all := strings.TrimPrefix(u.Path, "/")
	_, rest, found := strings.Cut(all, "/")
	if !found || u.Scheme == "s3" {
		return []string{all}
	}
	return []string{all, rest}
}

func isURL(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "s3://")
}

// missingFile says of a file that is not there what a person can look for.
func missingFile(name string) error {
	return missingError{fmt.Sprintf("%s does not exist in the folder of the release", name)}
}

type missingError struct{ text string }

func (e missingError) Error() string { return e.text }

// Is makes it the error of a file that does not exist.
func (missingError) Is(target error) bool { return target == fs.ErrNotExist }

func (s Source) fetch(ctx context.Context, ref string) (Body, error) {
	if s.Fetch == nil {
		return Body{}, fmt.Errorf("%s: %w: no template is read over the network", ref, ErrNotRead)
	}
	text, err := s.Fetch(ctx, ref)
	if err != nil {
		return Body{}, fmt.Errorf("read %s: %w", ref, err)
	}
	return Body{Name: ref, Text: text}, nil
}

// unreadable leaves the name of the system call out of an error.
func unreadable(name string, err error) error {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return fmt.Errorf("%s cannot be read: %w", name, err)
}

// file reads a file of the release, once where others read the release too.
func (s Source) file(name string) (Body, error) {
	if b, is := s.Read.body(name); is {
		return b, nil
	}
	b, err := s.open(name)
	if err == nil {
		s.Read.keep(b)
	}
	return b, err
}

// open reads at most one byte more than a document may have, so that a huge
// file costs no more than a large one.
func (s Source) open(name string) (Body, error) {
	if s.Files == nil {
		return Body{}, missingFile(name)
	}
	if !fs.ValidPath(name) {
		return Body{}, fmt.Errorf("%s leads out of the folder of the entry template", name)
	}
	info, err := fs.Stat(s.Files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Body{}, missingFile(name)
	case err != nil:
		return Body{}, unreadable(name, err)
	case !info.Mode().IsRegular(): // opening a pipe would wait for a writer
		return Body{}, &fs.PathError{Op: "read", Path: name, Err: inputfile.ErrNotRegular}
	case info.Size() > yamldoc.MaxBytes:
		return Body{}, &yamldoc.Error{File: name, Line: 1, Column: 1, Message: fmt.Sprintf("%d bytes are more than the %d that are read", info.Size(), yamldoc.MaxBytes)}
	}
	f, err := s.Files.Open(name)
	if err != nil {
		return Body{}, unreadable(name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, yamldoc.MaxBytes+1))
	if err != nil {
		return Body{}, fmt.Errorf("read %s: %w", name, err)
	}
	return Body{Name: name, Text: text}, nil
}
