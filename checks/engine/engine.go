// Package engine compiles policies and judges facts with them. It is the only
// package that imports OPA. It does no I/O, reads no clock and decides nothing
// itself: what is wrong is said by the policies, which arrive as a file system.
//
// A policy can fail in many ways and none of them is a pass. What can be seen
// when it is loaded (a fact that does not exist, missing metadata, a package in
// the wrong place) is an error of [New]; what can only be seen when it runs
// makes its check unknown.
package engine

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Options say which policies to load.
type Options struct {
	// Bundled holds the policies of the program, under the package `preflight`.
	Bundled fs.FS
	// Custom holds policies of the operator, each under the package `custom`.
	Custom []fs.FS
	// Data is what policies read as data.preflight.data, beside the JSON files
	// in the folder data of Bundled.
	Data map[string]any
	// Index is what [BuildIndex] made of Bundled. It spares a program that runs
	// once the work on checks that it will not ask. It is believed only for the
	// very texts it was made of, and not where there are custom policies.
	Index []byte
	// Select says which checks to compile; nil selects all.
	Select func(checks.Meta) bool
	// Deadline is how long one check may take; zero is DefaultDeadline. All of them
	// together have the deadline of the context.
	Deadline time.Duration
	// Memory is how many bytes the policies may take; zero is DefaultMemory.
	Memory int64
}

// DefaultDeadline is how long one check may take.
const DefaultDeadline = 10 * time.Second

// loadingDeadline is how long policies may take to be parsed and compiled,
// where the context has no deadline of its own.
const loadingDeadline = 60 * time.Second

// Engine holds policies that are compiled, or that the index told of and that
// are compiled when facts are first judged. It is safe for concurrent use.
type Engine struct {
	checks   []*check
	set      *policySet
	store    storage.Store
	deadline time.Duration
	memory   int64
	// compiling guards the queries of the checks.
	compiling sync.Mutex
}

// check is one policy: its metadata, the facts it reads, and its query, which is
// nil until it is compiled and prepared when it is first asked: a check that is
// skipped or whose facts are missing never asks.
type check struct {
	meta  checks.Meta
	file  string
	needs []string
	// partial are the facts of which a part suffices.
	partial []string
	// libraries are the files of libraries that the policy reaches.
	libraries []string
	query     func() (query, error)
}

// Loaded are policies that were parsed and whose place and metadata are right,
// before any of them is compiled.
type Loaded struct {
	set     *policySet
	options Options
}

// Load parses the policies, selected or not.
func Load(ctx context.Context, o Options) (*Loaded, error) {
	set, err := loading(ctx, o, func(context.Context) (*policySet, error) { return load(o) })
	if err != nil {
		return nil, err
	}
	return &Loaded{set: set, options: o}, nil
}

// Metas describes all loaded checks, ordered by id.
func (l *Loaded) Metas() []checks.Meta {
	metas := make([]checks.Meta, len(l.set.policies))
	for i, p := range l.set.policies {
		metas[i] = p.meta
	}
	return metas
}

// New loads and compiles the selected policies.
func New(ctx context.Context, o Options) (*Engine, error) {
	l, err := Load(ctx, o)
	if err != nil {
		return nil, err
	}
	return l.Compile(ctx, o.Select)
}

// Compile makes an engine of the policies that keep selects, and no others; nil
// selects all. What the index told of is compiled when it is asked.
func (l *Loaded) Compile(ctx context.Context, keep func(checks.Meta) bool) (*Engine, error) {
	return loading(ctx, l.options, func(context.Context) (*Engine, error) { return l.compile(keep) })
}

func (l *Loaded) compile(keep func(checks.Meta) bool) (*Engine, error) {
	data, err := dataDocument(l.options)
	if err != nil {
		return nil, err
	}
	e := &Engine{
		set:      l.set.selected(keep),
		store:    inmem.NewFromObjectWithOpts(data, inmem.OptRoundTripOnWrite(false)),
		deadline: cmp.Or(l.options.Deadline, DefaultDeadline),
		memory:   cmp.Or(l.options.Memory, DefaultMemory),
	}
	for _, p := range e.set.policies {
		e.checks = append(e.checks, &check{meta: p.meta, file: p.file, needs: p.needs, partial: p.partial, libraries: p.libraries})
	}
	if e.set.unparsed != nil {
		return e, nil
	}
	compiler, err := e.compile(e.set, e.checks)
	if err != nil {
		return nil, err
	}
	for i, p := range e.set.policies {
		if e.checks[i].needs, err = needs(compiler, p); err != nil {
			return nil, err
		}
		e.checks[i].libraries = libraries(compiler, p)
		for _, fact := range p.partial {
			if !slices.ContainsFunc(e.checks[i].needs, func(need string) bool { return checks.Inside(need, fact) }) {
				return nil, fmt.Errorf("%s: custom.partial names %q, which the policy does not read; it reads %s", p.file, fact, strings.Join(e.checks[i].needs, ", "))
			}
		}
	}
	return e, nil
}

// Metas describes the loaded checks, ordered by id.
func (e *Engine) Metas() []checks.Meta {
	metas := make([]checks.Meta, len(e.checks))
	for i, c := range e.checks {
		metas[i] = c.meta
	}
	return metas
}

// Needs lists the dotted paths of all facts that the loaded checks read: what
// has to be collected for them, and no more.
func (e *Engine) Needs() []string {
	return union(e.checks)
}

// NeedsOf lists the facts that one check reads.
func (e *Engine) NeedsOf(id string) []string {
	for _, c := range e.checks {
		if c.meta.ID == id {
			return c.needs
		}
	}
	return nil
}
