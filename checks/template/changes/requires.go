package changes

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// What the update of a property requires, in the words of the resource
// reference of CloudFormation.
const (
	NoInterruption = "no interruption"
	Interruption   = "some interruptions"
	Replacement    = "replacement"
	MayReplace     = "replacement in some cases"
	NotSupported   = "updates are not supported"

	// OnlyAdditions and WhenEdited are of lists: an element may be added, and
	// with the latter be removed too.
	OnlyAdditions = "only additions are supported"
	WhenEdited    = "replacement when edited"
)

//go:embed updates.txt
var updatesText string

// documented is what AWS documents beside the registry.
type documented struct {
	requires   map[string]map[string]string // by type and path
	identities map[string][]string          // properties that only one resource has alike
}

var rows = sync.OnceValue(func() documented {
	d, err := parse(updatesText)
	if err != nil {
		panic(err) // a test reads the embedded text
	}
	return d
})

func parse(text string) (documented, error) {
	d := documented{map[string]map[string]string{}, map[string][]string{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, " | ")
		if len(cells) != 4 || !strings.HasPrefix(cells[3], "https://") {
			return d, fmt.Errorf("updates.txt:%d: a row has four cells, the last of them its source", number)
		}
		typ, paths, what := strings.TrimSpace(cells[0]), strings.Fields(cells[1]), strings.TrimSpace(cells[2])
		switch what {
		case "identity":
			d.identities[typ] = paths
			continue
		case NoInterruption, Interruption, Replacement, MayReplace, NotSupported, OnlyAdditions, WhenEdited:
		default:
			return d, fmt.Errorf("updates.txt:%d: %q is no kind of row", number, what)
		}
		if d.requires[typ] == nil {
			d.requires[typ] = map[string]string{}
		}
		for _, path := range paths {
			d.requires[typ][path] = what
		}
	}
	return d, nil
}

// requires says what the update of a path requires, and why it is not certain
// that the resource is replaced.
func (w *walk) requires(path string, v verdict, why string) (requires, because string) {
	name := w.name
	if strings.HasPrefix(name, customPrefix) {
		name = customType
	}
	table := rows().requires[name]
	for at := namesOf(path); at != ""; at = above(at) {
		if what, listed := table[at]; listed {
			return what, why
		}
	}
	if what, listed := table["*"]; listed {
		return what, why
	}
	switch {
	case name == customType:
		return NoInterruption, why
	case w.typ == nil:
		return MayReplace, "what an update of " + w.name + " requires is not known"
	case w.typ.CreateOnly.Covers(path):
		return Replacement, why
	case v == perhaps && touches(w.typ.CreateOnly, path):
		return Replacement, why
	case w.typ.ConditionalCreateOnly.Covers(path), v == perhaps && touches(w.typ.ConditionalCreateOnly, path):
		return MayReplace, w.sometimes(path, why)
	}
	return NoInterruption, why
}

// sometimes is why a replacement in some cases is not certain.
func (w *walk) sometimes(path, why string) string {
	if why != "" {
		return why
	}
	return "CloudFormation replaces the resource for some changes of " + path
}

// touches tells whether a value that is not known may hold a path of the list.
func touches(p registry.Paths, path string) bool {
	if path == "" {
		return len(p) > 0
	}
	return p.Touches(path)
}

// namesOf leaves positions in lists out of a path.
func namesOf(path string) string {
	if !strings.Contains(path, "[") {
		return path
	}
	var out strings.Builder
	for i := 0; i < len(path); i++ {
		if path[i] == '[' {
			i += strings.IndexByte(path[i:], ']')
			continue
		}
		out.WriteByte(path[i])
	}
	return out.String()
}

func above(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}
