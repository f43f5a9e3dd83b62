package template

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// child is one nested stack resource and what became of its template.
type child struct {
	stack  *stack // that declares it
	decl   *sam.Resource
	at     *cfn.Node
	url    string
	form   string // of the URL
	state  string // "loaded", "missing", "unreadable", "cycle", "too_deep", "too_many", "not_read", "application", "unknown"
	detail string
}

const nestedStack = "AWS::CloudFormation::Stack"

// nest loads the templates of a stack's nested stacks, and theirs. above are
// the templates from the entry down to this one.
func (t *Tree) nest(ctx context.Context, s *stack, above []string) error {
	for _, r := range s.expanded().Resources {
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.Type != nestedStack {
			continue
		}
		c := child{stack: s, decl: r, at: r.Properties}
		n := r.Properties.Get("TemplateURL")
		if n == nil {
			t.missing(&c, r)
			continue
		}
		c.at = n
		sub := t.open(ctx, s, r, n, &c, above)
		t.children = append(t.children, c)
		if sub == nil {
			s.failed[r.ID] = c.detail
			continue
		}
		s.children[r.ID] = sub
		t.stacks = append(t.stacks, sub)
		if err := t.nest(ctx, sub, append(slices.Clone(above), sub.body.Name)); err != nil {
			return err
		}
	}
	return nil
}

// missing notes a stack without TemplateURL. An application of the repository
// is a stack whose template nobody outside it sees.
func (t *Tree) missing(c *child, r *sam.Resource) {
	c.state, c.detail = "missing", "the resource has no TemplateURL"
	if r.Properties.Kind != cfn.Map {
		c.state, c.detail = "unknown", "the properties of the resource are not written out"
	}
	if r.Origin != nil && r.Origin.Properties.Get("Location") != nil {
		c.state, c.detail = "application", "an application of the Serverless Application Repository"
	}
	c.stack.failed[r.ID] = c.detail
	t.children = append(t.children, *c)
}

// open reads one nested template, or says in c why not.
func (t *Tree) open(ctx context.Context, s *stack, r *sam.Resource, n *cfn.Node, c *child, above []string) *stack {
	v := s.eval(n)
	c.form = urlForm(v)
	// A template is read with the caller's own credentials or none: what the URL
	// brings is neither used nor in any name, fact or error that comes of it.
	if c.url = safetext.HideCredentials(safetext.WithoutCredentials(v.Text())); v.Kind != Literal && v.Kind != Pattern {
		c.state, c.detail = "unknown", v.why()
		return nil
	}
	body, err := t.source.child(ctx, s.body, c.url)
	switch {
	case err == nil:
	case v.Kind == Pattern:
		c.state, c.detail = "unknown", v.Reason()
	case errors.Is(err, ErrNotRead):
		c.state, c.detail = "not_read", err.Error()
	case errors.Is(err, fs.ErrNotExist):
		c.state, c.detail = "missing", err.Error()
	default:
		c.state, c.detail = "unreadable", err.Error()
	}
	if err != nil {
		return nil
	}
	if c.state, c.detail = t.bounds(above, body.Name); c.state != "" {
		return nil
	}
	d, err := t.document(body)
	if err != nil {
		c.state, c.detail = "unreadable", err.Error()
		return nil
	}
	c.state = "loaded"
	sub := newStack(t, d)
	sub.body, sub.parent, sub.decl = body, s, r
	sub.path = append(slices.Clone(s.path), r.ID)
	sub.name = s.ofResource(s.generate(r.ID, typeOf(r)), r, "name")
	t.resources += len(sub.expanded().Resources)
	return sub
}

// bounds refuses a template that nests itself, and trees past any real one.
func (t *Tree) bounds(above []string, name string) (state, detail string) {
	switch {
	case slices.Contains(above, name):
		return "cycle", name + " nests itself"
	case len(above) >= t.options.depth():
		return "too_deep", "stacks are nested deeper than is read"
	case len(t.stacks) >= t.options.stacks() || t.resources >= maxResources:
		return "too_many", "the release has more stacks than are read"
	}
	return "", ""
}

// fault is something wrong inside a template that CloudFormation would refuse.
type fault struct {
	stack  *stack
	at     Position
	kind   string
	detail string
}

func (t *Tree) fault(s *stack, at *cfn.Node, kind, detail string) {
	f := fault{s, s.at(at), kind, detail}
	if len(t.faults) < maxFaults && !slices.Contains(t.faults, f) {
		t.faults = append(t.faults, f)
	}
}

func (t *Tree) cycle(s *stack, at *cfn.Node, what string) {
	t.fault(s, at, "cycle", "a circular reference through "+what)
}
