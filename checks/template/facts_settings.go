package template

import (
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// Settings are all properties that the templates set, of each resource that may
// come to exist. They are many, so they are apart from Facts.
func (t *Tree) Settings() []checks.Setting {
	l := lister{left: maxSettings}
	for r := range t.Resources() {
		if r.Exists == No {
			continue
		}
		l.of(r, r.Type, r.Properties())
		if o := r.decl.Origin; o != nil && o.ID == r.decl.ID && o.Type != r.Type {
			l.of(r, o.Type, r.stack.eval(sam.WithGlobals(r.stack.doc.Template, o)))
		}
	}
	if l.left < 0 {
		t.tooLarge()
	}
	return l.out
}

// maxSettings bounds what one release may list, far above any real one.
const maxSettings = 1_000_000

// lister writes values out, property by property.
type lister struct {
	resource Resource
	kind     string
	out      []checks.Setting
	left     int
}

func (l *lister) of(r Resource, kind string, v Value) {
	l.resource, l.kind = r, kind
	l.below(v, "", false)
}

// list adds what stands at a path and everything below it. Where a condition is
// undecided, each value that it may choose is listed.
func (l *lister) list(v Value, path string, place Position, open bool) {
	if branches := v.Branches(); len(branches) > 0 {
		for _, b := range branches {
			l.list(b, path, place, true)
		}
		return
	}
	if l.left--; v.Kind == NoValue || l.left < 0 {
		return
	}
	if l.secret(path) {
		v = hide(v)
	}
	l.out = append(l.out, l.resource.setting(l.kind, path, seen{v.standing(place), open}))
	l.below(v, path, open)
}

func (l *lister) below(v Value, path string, open bool) {
	for _, b := range v.Branches() {
		l.below(b, path, true)
	}
	for _, f := range v.Fields() {
		inside := f.Key
		if path != "" {
			inside = path + "." + f.Key
		}
		l.list(f.Value, inside, f.At, open)
	}
	for i, item := range v.Items() {
		l.list(item, path+"["+strconv.Itoa(i)+"]", v.At, open)
	}
}

// secret tells the argument of a NoEcho parameter of a nested stack.
func (l *lister) secret(path string) bool {
	name, is := strings.CutPrefix(path, "Parameters.")
	child := l.resource.stack.children[l.resource.LogicalID]
	if !is || child == nil {
		return false
	}
	p := child.doc.Parameter(name)
	return p != nil && p.NoEcho
}

// standing is the value with its place in the template that sets the property:
// an argument of a nested stack stands in that of its parent.
func (v Value) standing(place Position) Value {
	if v.At.File != place.File && place.File != "" {
		v.At = place
	}
	return v
}
