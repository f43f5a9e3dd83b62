package template

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks/china"
)

// observed is one row of observed.txt or assets.txt: a property to report.
type observed struct {
	path  string
	steps []string
	kind  string
}

var (
	//go:embed observed.txt
	observedText string
	//go:embed assets.txt
	assetsText string

	observedRows = sync.OnceValue(func() map[string][]observed { return withFeatures(observe(observedText)) })
	assetRows    = sync.OnceValue(func() map[string][]observed { return observe(assetsText) })
)

func observe(table string) map[string][]observed {
	out := map[string][]observed{}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if strings.HasPrefix(line, "#") || len(cells) < 2 {
			continue
		}
		o := observedAt(strings.TrimSpace(cells[1]))
		if len(cells) > 2 {
			o.kind = strings.TrimSpace(cells[2])
		}
		kind := strings.TrimSpace(cells[0])
		out[kind] = append(out[kind], o)
	}
	return out
}

func observedAt(path string) observed { return observed{path: path, steps: strings.Split(path, ".")} }

// withFeatures adds the properties of the features that AWS China lacks: the
// policy that judges them reads the same table.
func withFeatures(rows map[string][]observed) map[string][]observed {
	add := func(typ, path string) {
		if !slices.ContainsFunc(rows[typ], func(o observed) bool { return o.path == path }) {
			rows[typ] = append(rows[typ], observedAt(path))
		}
	}
	for typ, features := range china.Features() {
		for _, f := range features {
			add(typ, f.Path)
			if f.When != nil {
				add(typ, f.When.Path)
			}
		}
	}
	return rows
}

// seen is one value that a path leads to. open tells that an undecided
// condition may choose another.
type seen struct {
	value Value
	open  bool
}

// follow finds every value at a path. What is absent is one NoValue; a path
// that is lost in an unknown ends there.
func follow(v Value, steps []string, open bool) []seen {
	if branches := v.Branches(); len(branches) > 0 {
		var out []seen
		for _, b := range branches {
			out = append(out, follow(b, steps, true)...)
		}
		return out
	}
	if len(steps) == 0 || v.Kind == Unknown || v.Kind == NoValue {
		return []seen{{v, open}}
	}
	if steps[0] != "*" {
		return follow(v.Get(steps[0]), steps[1:], open)
	}
	var out []seen
	for _, item := range v.Items() {
		out = append(out, follow(item, steps[1:], open)...)
	}
	for _, f := range v.Fields() {
		out = append(out, follow(f.Value, steps[1:], open)...)
	}
	if v.Kind == Literal || v.Kind == Pattern { // one where a list is expected
		out = follow(v, steps[1:], open)
	}
	if len(out) == 0 {
		out = []seen{{Value{Kind: NoValue, At: v.At}, open}}
	}
	return out
}
