package derive

import (
	"maps"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// toUpgrade are the actions that bring one resource to the release: those that
// create it where the stack does not have it, else those that update it. Where
// nobody knows what the stack has, it may be either.
//
// What is there is taken to be updated in place, unless the deployed release was
// compared: whether a change replaces it depends on the values that it has now.
func (d *deriver) toUpgrade(r *resource, t *awsdata.Type) (*collection, error) {
	if c, ok, err := d.toChange(r, t); err != nil || ok {
		return c, err
	}
	has := d.standing.has(r)
	if has == template.No {
		return d.toCreate(r, t)
	}
	c, err := d.toUpdate(r, t)
	if err != nil || has == template.Yes {
		return c, err
	}
	created, err := d.toCreate(r, t)
	if err != nil {
		return nil, err
	}
	for _, a := range created.all {
		if a.why == "" {
			a.why = whyNew
		}
		c.add(a.why, a.action)
	}
	return c, nil
}

// gone adds the calls that delete what the stack has and the release has not.
// None is certain: the template that is deployed may say to keep the resource,
// and a deletion that fails does not undo an upgrade.
func (d *deriver) gone(tree *template.Tree) error {
	if d.standing == nil {
		return nil
	}
	l := d.leaving(tree)
	for _, subject := range slices.Sorted(maps.Keys(d.standing.resources)) {
		have := d.standing.resources[subject]
		if !l.leaves(subject) || custom(have.Type) || d.compared(subject) {
			continue
		}
		if err := d.remove(subject, have, whyGone); err != nil {
			return err
		}
	}
	return nil
}

func (d *deriver) remove(subject string, have checks.StackResource, why string) error {
	r := &resource{Resource: template.Resource{Subject: subject, LogicalID: have.LogicalID, Type: have.Type, Exists: template.Yes}}
	t, err := d.typeOf(have.Type)
	if err != nil {
		return err
	}
	if t == nil {
		d.unheard(r)
		return nil
	}
	noun := have.Type[strings.LastIndex(have.Type, "::")+2:]
	if have.PhysicalID != "" {
		r.texts = []propertyText{{noun, text{value: have.PhysicalID}}}
	}
	var named, others []string
	own := ownService(t.Delete)
	for _, name := range t.Delete {
		switch service, local, _ := strings.Cut(name, ":"); {
		case service != own || !undoes(local):
		case strings.Contains(strings.ToLower(local), strings.ToLower(noun)):
			named = append(named, name)
		default:
			others = append(others, name)
		}
	}
	if len(named) == 0 {
		named = others
	}
	for _, name := range named {
		if err := d.add(r, taken{name, why}); err != nil {
			return err
		}
	}
	return nil
}

// leaving knows what the release has.
type leaving struct {
	standing  *Standing
	stacks    map[string]bool // read, with all of their resources
	resources map[string]bool
	generated []string // subjects that may stand with a hash behind them
}

func (d *deriver) leaving(tree *template.Tree) *leaving {
	l := &leaving{standing: d.standing, stacks: map[string]bool{}, resources: map[string]bool{}}
	for s := range tree.Stacks() {
		l.stacks[s.Path] = !d.unexpanded[s.File]
	}
	for r := range tree.Resources() {
		if r.Exists == template.No {
			continue
		}
		l.resources[r.Subject] = true
		if r.Origin != "" {
			l.generated = append(l.generated, r.Subject)
		}
	}
	return l
}

// leaves says whether the release certainly does not have a resource: its stack
// was read and has none of that name, or its stack leaves as a whole.
func (l *leaving) leaves(subject string) bool {
	if l.resources[subject] || slices.ContainsFunc(l.generated, func(g string) bool { return hashed(g, subject) }) {
		return false
	}
	path, _, _ := strings.Cut(subject, "#")
	if whole, read := l.stacks[path]; read {
		return whole
	}
	if path == entryStack {
		return false
	}
	above, id := splitStack(path)
	return l.leaves(above + "#" + id)
}
