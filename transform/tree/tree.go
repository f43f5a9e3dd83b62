// Package tree brings a release from files into package transform and the
// result back into files. A result is written whole or not at all. It decides
// nothing about templates.
package tree

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/inputfile"
	"github.com/panther-preflight/panther-preflight/transform"
)

// entries are the names of entry templates, the likeliest first.
var entries = []string{"root.yml", "panther.yml", "proxy_panther.yml", "root.yaml", "panther.yaml"}

// Read reads a template file, a folder of source templates or a release folder.
// entry names the template that is deployed; empty finds it.
func Read(ctx context.Context, in, entry string) (transform.Release, error) {
	info, err := os.Stat(in)
	if err != nil {
		return transform.Release{}, err
	}
	root := in
	if !info.IsDir() {
		root, entry = filepath.Dir(in), filepath.Base(in)
	}
	files, err := inputfile.Within(ctx, root, yamldoc.MaxBytes)
	if err != nil {
		return transform.Release{}, err
	}
	if info.IsDir() {
		if err := onlyFiles(files); err != nil {
			return transform.Release{}, fmt.Errorf("%s: %w", root, err)
		}
	}
	if entry == "" {
		if entry, err = findEntry(root, files); err != nil {
			return transform.Release{}, err
		}
	}
	entry = filepath.ToSlash(filepath.Clean(entry))
	if !filepath.IsLocal(filepath.FromSlash(entry)) {
		return transform.Release{}, fmt.Errorf("the entry %s is not below %s", entry, root)
	}
	l := &loader{root: root, folder: files, files: map[string][]byte{}}
	if err := l.template(entry); err != nil {
		return transform.Release{}, err
	}
	if _, ok := l.files[entry]; !ok {
		return transform.Release{}, fmt.Errorf("%s: %w", filepath.Join(root, filepath.FromSlash(entry)), fs.ErrNotExist)
	}
	r := transform.Release{Entry: entry, Files: l.files}
	if l.published {
		r.Layout, r.Present = transform.Published, l.present
	}
	r.Beside = l.beside(info.IsDir())
	return r, nil
}

// onlyFiles refuses a folder that holds a pipe, a device, a socket or a link that
// leads out of it: a release of such a folder would not be what it seems. What is
// hidden, such as the folder of a version control system, is no part of it.
func onlyFiles(files *inputfile.Folder) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.Type().IsRegular() || d.IsDir():
			return nil
		}
		if err := files.Check(name); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil // a link to nothing: what names it does not find it
	})
}

// findEntry looks for the entry template in a folder: by name, then as the one
// of a version, then as the only template.
func findEntry(root string, files fs.FS) (string, error) {
	for _, name := range entries {
		if _, err := fs.Stat(files, name); err == nil {
			return name, nil
		}
	}
	for _, pattern := range []string{"v*/panther.yml", "v*/proxy_panther.yml", "*.y*ml", "*.json", "*.template"} {
		found, err := fs.Glob(files, pattern)
		switch {
		case err != nil:
			return "", err
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return "", fmt.Errorf("%s holds %d templates that could be the entry; name one with --entry", root, len(found))
		}
	}
	return "", fmt.Errorf("%s holds no root.yml and no panther.yml; name the entry template with --entry", root)
}

// loader reads what an entry template reaches.
type loader struct {
	root      string
	folder    *inputfile.Folder
	files     map[string][]byte
	published bool
}

// template reads one template and those it nests. A file that is not there is
// no error: the transform reports what is missing.
func (l *loader) template(name string) error {
	if _, met := l.files[name]; met || !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil
	}
	body, err := l.folder.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", l.root, err)
	}
	doc, err := yamldoc.Parse(filepath.Join(l.root, filepath.FromSlash(name)), body)
	if err != nil {
		return err
	}
	c, err := cfn.FromYAML(doc, doc.Root)
	if err != nil {
		return err
	}
	if err := c.Fatal(); err != nil {
		return err
	}
	l.files[name] = body
	for _, url := range transform.NestedURLs(c) {
		if err := l.nested(name, url); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) nested(parent, url string) error {
	loc, ok := s3url.Parse(url)
	if !ok {
		return l.template(path.Join(path.Dir(parent), url))
	}
	if loc.Key == "" || !fs.ValidPath(loc.Key) {
		return nil
	}
	if err := l.folder.Check(loc.Key); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // reported by the transform
		}
		return fmt.Errorf("%s: %w", l.root, err)
	}
	if !l.present(loc.Key) || !l.isText(loc.Key) {
		return nil
	}
	l.published = true
	return l.template(loc.Key)
}

// present tells whether the folder holds a key. Keys come from templates and
// may not lead out of the folder.
func (l *loader) present(key string) bool {
	info, err := l.folder.Stat(key)
	return err == nil && info.Mode().IsRegular()
}

// isText tells whether a file may be a template, by its first bytes.
func (l *loader) isText(key string) bool {
	f, err := l.folder.Open(key)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 512)
	n, _ := f.Read(head)
	return !bytes.Contains(head[:n], []byte{0}) && !strings.HasPrefix(string(head[:n]), "PK")
}
