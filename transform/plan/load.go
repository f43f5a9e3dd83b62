package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// New checks the options. The model has no templates yet: see Load.
func New(release Release, options Options) (*Model, error) {
	if !registry.IsChina(options.Region) {
		return nil, fmt.Errorf("region %q is not one of %s and %s", options.Region, registry.Beijing, registry.Ningxia)
	}
	if options.Bucket == "" {
		return nil, fmt.Errorf("the bucket in China is not named")
	}
	switch options.LostEnv {
	case "":
		options.LostEnv = "drop"
	case "drop", "empty":
	default:
		return nil, fmt.Errorf("lost environment variables are either drop or empty, not %q", options.LostEnv)
	}
	options.ECRRegistry = strings.TrimSuffix(options.ECRRegistry, "/")
	if len(options.SourceBuckets) == 0 {
		options.SourceBuckets = defaultSourceBuckets
	}
	sources, err := s3url.NewSet(options.SourceBuckets...)
	if err != nil {
		return nil, err
	}
	if err := registry.Err(); err != nil {
		return nil, err
	}
	return &Model{Release: release, Options: options, Sources: sources, Templates: map[string]*Template{}}, nil
}

// Load reads the entry template of a release and everything it reaches.
func Load(release Release, options Options) (*Model, error) {
	m, err := New(release, options)
	if err != nil {
		return nil, err
	}
	return m, m.load()
}

// Remodel replaces a template by a new reading of it, after an edit that came
// before the others.
func (m *Model) Remodel(t *Template, doc *yamldoc.Document, tree *edit.Tree) error {
	fresh, err := NewTemplate(t.File, doc, tree)
	if err != nil {
		return err
	}
	fresh.IsEntry, fresh.Stack = t.IsEntry, t.Stack
	for i, old := range m.Order {
		for _, r := range old.Resources {
			if r.Child == t {
				r.Child = fresh
			}
		}
		for j, child := range old.Nested {
			if child == t {
				old.Nested[j] = fresh
			}
		}
		if old == t {
			m.Order[i] = fresh
		}
	}
	m.Templates[t.File] = fresh
	if t.IsEntry {
		m.Entry = fresh
	}
	return m.nested(fresh)
}

// load reads the entry template and everything it reaches.
func (m *Model) load() error {
	if _, ok := m.Release.Files[m.Release.Entry]; !ok {
		return &yamldoc.Error{File: m.Release.Entry, Line: 1, Column: 1, Message: "the entry template is not there"}
	}
	if err := m.readAll([]string{m.Release.Entry}); err != nil {
		return err
	}
	m.Entry = m.Order[0]
	m.Entry.IsEntry, m.Entry.Stack = true, "entry"
	for i := 0; i < len(m.Order); i++ {
		if err := m.nested(m.Order[i]); err != nil {
			return err
		}
	}
	return nil
}

// nested links the stacks of t with their templates.
func (m *Model) nested(t *Template) error {
	if err := m.readAll(m.unread(t)); err != nil {
		return fmt.Errorf("read what %s nests: %w", t.File, err)
	}
	for _, r := range t.Resources {
		url := r.TemplateURL()
		if url == nil {
			continue
		}
		file, ok := m.ChildFile(t, url)
		if !ok {
			r.External = true
			continue
		}
		r.Child = m.Templates[file]
		if r.Child.Stack == "" {
			r.Child.Stack = strings.TrimPrefix(t.Stack+"/"+r.ID, "entry/")
		}
		t.Nested = append(t.Nested, r.Child)
	}
	return nil
}

// unread are the files that t nests and that were not read yet.
func (m *Model) unread(t *Template) []string {
	var files []string
	for _, r := range t.Resources {
		if url := r.TemplateURL(); url != nil {
			if file, ok := m.ChildFile(t, url); ok && m.Templates[file] == nil && !slices.Contains(files, file) {
				files = append(files, file)
			}
		}
	}
	return files
}

// readAll reads templates side by side and keeps them in the given order.
func (m *Model) readAll(files []string) error {
	read := make([]*Template, len(files))
	errs := make([]error, len(files))
	var wait parallel.Group
	for i, file := range files {
		wait.Go(func() { read[i], errs[i] = ReadTemplate(file, m.Release.Files[file]) })
	}
	wait.Wait()
	for i, t := range read {
		if errs[i] != nil {
			return errs[i]
		}
		m.Templates[t.File] = t
		m.Order = append(m.Order, t)
	}
	return nil
}
