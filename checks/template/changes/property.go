package changes

import (
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Property is one property that differs, or may differ.
type Property struct {
	Path          string
	Before, After string
	Certain       bool
	Requires      string
	// Why says why it is not certain that it differs, or that it replaces.
	Why string
	// Inside tells that something inside of a nested stack changes.
	Inside bool
	// Inherited tells that the value comes of a nested stack's tags.
	Inherited bool
}

// properties are what differs between two resources of one type.
func (c *Comparison) properties(old, new *template.Resource) []Property {
	w := &walk{c: c, typ: c.typeOf(new.Type), name: new.Type}
	for path := range new.Local() {
		if old.Local()[path] && path != "TemplateURL" {
			c.unpackaged++
		}
	}
	w.value("", old.Properties(), new.Properties(), "")
	if len(w.out) == 0 && partly(new.Type) {
		w.written(old.Written(), new.Written())
	}
	return w.out
}

// walk goes through the properties of one resource in both releases.
type walk struct {
	c    *Comparison
	typ  *registry.Type
	name string
	out  []Property
}

// partly tells of which types not every property that SAM generates is known:
// the definitions that it makes of events and paths.
func partly(typ string) bool {
	for _, namespace := range []string{"AWS::ApiGateway::", "AWS::ApiGatewayV2::", "AWS::AppSync::", "AWS::StepFunctions::"} {
		if strings.HasPrefix(typ, namespace) {
			return true
		}
	}
	return false
}

// written is about such a resource: where what is written differs, what is
// generated of it may.
func (w *walk) written(old, new template.Value) {
	if w.c.compare(old, new) != equal {
		w.out = append(w.out, Property{Path: "Properties", Requires: NoInterruption, Why: "the serverless resource that it is generated of differs"})
	}
}

// value compares at one path. under says under what undecided condition.
func (w *walk) value(path string, old, new template.Value, under string) {
	if w.typ != nil && path != "" && w.typ.ReadOnly.Covers(path) && !w.typ.CreateOnly.Covers(path) {
		return
	}
	switch {
	case old.Kind == template.Map && new.Kind == template.Map:
		w.maps(path, old, new, under)
	case old.Kind == template.List && new.Kind == template.List:
		w.lists(path, old, new, under)
	case old.Kind == template.NoValue && compound(new), new.Kind == template.NoValue && compound(old):
		w.one(path, old, new, under)
	case len(old.Branches()) > 0 || len(new.Branches()) > 0:
		w.branches(path, old, new, under)
	default:
		w.scalar(path, old, new, under)
	}
}

func compound(v template.Value) bool {
	return v.Kind == template.Map && len(v.Fields()) > 0 || v.Kind == template.List && len(v.Items()) > 0
}

func (w *walk) maps(path string, old, new template.Value, under string) {
	for _, f := range new.Fields() {
		w.value(join(path, f.Key), old.Get(f.Key), f.Value, under)
	}
	for _, f := range old.Fields() {
		if n := new.Get(f.Key); n.Kind == template.NoValue || !has(new, f.Key) {
			w.value(join(path, f.Key), f.Value, n, under)
		}
	}
	if len(old.Fields()) == 0 != (len(new.Fields()) == 0) && path != "" && !compound(old) && !compound(new) {
		w.add(path, old, new, differs, under)
	}
	if v := w.c.whole(old, new); v != equal {
		w.add(path, old, new, v, "what a macro or loop adds is not known")
	}
}

func has(v template.Value, key string) bool {
	for _, f := range v.Fields() {
		if f.Key == key {
			return true
		}
	}
	return false
}

// one is a map or list that only one release has.
func (w *walk) one(path string, old, new template.Value, under string) {
	v, appears := old, false
	if compound(new) {
		v, appears = new, true
	}
	visit := func(at string, part template.Value) {
		if absent := (template.Value{Kind: template.NoValue}); appears {
			w.value(at, absent, part, under)
		} else {
			w.value(at, part, absent, under)
		}
	}
	for _, f := range v.Fields() {
		visit(join(path, f.Key), f.Value)
	}
	for i, item := range v.Items() {
		visit(position(path, i), item)
	}
}

// branches compares under each way that an undecided condition may go: under the
// same way of the same condition where both releases have it.
func (w *walk) branches(path string, old, new template.Value, under string) {
	if w.c.compare(old, new) == equal {
		return
	}
	const condition = "it depends on a condition that is not known"
	a, b := old.Branches(), new.Branches()
	var ways [][2]template.Value
	switch {
	case len(a) > 0 && len(a) == len(b) && w.sameChoice(old, new):
		for i := range a {
			ways = append(ways, [2]template.Value{a[i], b[i]})
		}
	case len(a) > 0:
		for i := range a {
			ways = append(ways, [2]template.Value{a[i], new})
		}
	default:
		for i := range b {
			ways = append(ways, [2]template.Value{old, b[i]})
		}
	}
	for _, way := range ways {
		w.value(path, way[0], way[1], condition)
	}
}

// sameChoice tells whether one condition chooses in both.
func (w *walk) sameChoice(old, new template.Value) bool {
	a, known := old.Origin()
	b, also := new.Origin()
	return known && also && a.Function == "Fn::If" && b.Function == "Fn::If" && len(a.Args) == 3 && len(b.Args) == 3 &&
		w.c.compare(a.Args[0], b.Args[0]) == equal
}

func (w *walk) scalar(path string, old, new template.Value, under string) {
	if v := w.c.compare(old, new); v != equal && !w.alike(path, old, new) {
		if v == perhaps && under == "" {
			under = unknownWhy(old, new)
		}
		w.add(path, old, new, v, under)
	}
}

// add notes a difference. why is not empty where it is not certain.
func (w *walk) add(path string, old, new template.Value, v verdict, why string) {
	p := Property{Path: path, Before: show(old), After: show(new), Certain: v == differs && why == "", Why: why}
	p.Requires, p.Why = w.requires(path, v, why)
	switch absent := old.Kind == template.NoValue || new.Kind == template.NoValue; {
	case p.Requires == OnlyAdditions && old.Kind == template.NoValue, p.Requires == WhenEdited && absent:
		p.Requires = NoInterruption
	case p.Requires == OnlyAdditions:
		p.Requires = NotSupported
	case p.Requires == WhenEdited:
		p.Requires, p.Why = MayReplace, w.sometimes(path, why)
	case p.Requires == NotSupported && absent && why == "" && !strings.Contains(path, "["):
		p.Certain, p.Why = false, "whether the value is the default of "+path+" is not known"
	}
	for i, known := range w.out { // a condition may lead to the same path twice
		if known.Path == path {
			w.out[i].Certain = known.Certain || p.Certain
			return
		}
	}
	w.out = append(w.out, p)
}

func unknownWhy(old, new template.Value) string {
	for _, v := range []template.Value{new, old} {
		if r := v.Reason(); r != "" {
			return r
		}
	}
	return "the value is known only when it is deployed"
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func position(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }
