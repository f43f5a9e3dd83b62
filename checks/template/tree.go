package template

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Tree is a release: the entry template and every stack that it nests.
type Tree struct {
	options   Options
	source    Source
	root      *stack
	stacks    []*stack // parents before children, in template order
	documents map[string]parsed
	children  []child
	faults    []fault
	resources int             // in all stacks found so far
	literals  int             // noted in all stacks
	depth     int             // of the resolution that is under way
	work      int             // nodes that were resolved or walked
	possible  map[string]bool // answers of stack.possible
}

type parsed struct {
	doc *document
	err error
}

// Load reads the entry template and everything it nests. The error is about
// the entry template only, and a *yamldoc.Error when its text is at fault; what
// is wrong below it is a fact.
func Load(ctx context.Context, source Source, entry string, options Options) (*Tree, error) {
	t := &Tree{options: options, source: source, documents: map[string]parsed{}, possible: map[string]bool{}}
	body, err := source.entry(ctx, entry)
	if errors.Is(err, yamldoc.ErrInput) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("read the entry template: %w", err)
	}
	d, err := t.document(body)
	if err != nil {
		return nil, err
	}
	t.root = newStack(t, d)
	t.root.body, t.root.exists, t.root.given = body, Yes, options.values()
	if t.root.name = literal(options.StackName); options.StackName == "" {
		t.root.name = hole("AWS::StackName", "the stack name is not given", 1)
	}
	t.root.name.rooted = true
	t.stacks = []*stack{t.root}
	if err := t.nest(ctx, t.root, []string{body.Name}); err != nil {
		return nil, err
	}
	t.missed()
	t.settle()
	return t, nil
}

// document parses a body once, whatever the number of stacks made of it.
func (t *Tree) document(b Body) (*document, error) {
	if p, done := t.documents[b.Name]; done {
		return p.doc, p.err
	}
	p := t.source.Read.parse(b)
	t.documents[b.Name] = p
	return p.doc, p.err
}

// missed tells what is missing from a folder that mirrors a bucket: where some
// of the bucket's templates are, one that is not there was left behind. Of a
// bucket none of whose templates is there, nothing is known.
func (t *Tree) missed() {
	mirrored := map[string]bool{}
	for _, c := range t.children {
		if sub := c.stack.children[c.decl.ID]; sub != nil && isURL(c.url) && !isURL(sub.body.Name) {
			mirrored[strings.TrimSuffix(c.url, sub.body.Name)] = true
		}
	}
	for i := range t.children {
		c := &t.children[i]
		if c.state == "not_read" && !hasEmptyNames(c.url) && slices.ContainsFunc(places(c.url), func(p string) bool { return mirrored[p] }) {
			c.state, c.detail = "missing", c.url+" is not among the files of its bucket"
		}
	}
}

// hasEmptyNames tells a URL whose key no folder can hold under its own name.
func hasEmptyNames(url string) bool {
	_, rest, _ := strings.Cut(url, "://")
	return strings.Contains(rest, "//")
}

// settle forgets what was resolved while stacks were still being found, then
// decides which of them exist.
func (t *Tree) settle() {
	t.faults = nil
	clear(t.possible)
	for _, s := range t.stacks {
		clear(s.values)
		clear(s.conds)
		clear(s.names)
		clear(s.bodies)
		clear(s.outputs)
	}
	for _, s := range t.stacks {
		if s.parent == nil {
			continue
		}
		s.exists = s.parent.presence(s.decl)
	}
}

// Stack describes one stack of the tree.
type Stack struct {
	Path    string // as in a subject: "entry", "Onboard/CloudSec"
	Subject string // of the nested stack resource; empty for the entry
	File    string
	Name    Value
	Exists  Truth
}

// Stacks yields the stacks, parents before children.
func (t *Tree) Stacks() iter.Seq[Stack] {
	return func(yield func(Stack) bool) {
		for _, s := range t.stacks {
			v := Stack{Path: s.label(), File: s.doc.File, Name: s.name, Exists: s.exists}
			if s.parent != nil {
				v.Subject = s.parent.subject(s.decl.ID)
			}
			if !yield(v) {
				return
			}
		}
	}
}
