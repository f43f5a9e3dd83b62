package template

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// Every row by hand is of a type and a property that there are, so that a
// misspelt one is not silently never met.
func TestRowsAreInTheRegistry(t *testing.T) {
	for name, row := range types() {
		typ, ok := registry.Lookup(name)
		if !ok {
			t.Errorf("types.txt: no region has %s", name)
			continue
		}
		for attribute := range row.attrs {
			if _, ok := typ.Attribute(attribute); !ok {
				t.Errorf("types.txt: %s has no attribute %s, but %v", name, attribute, typ.Attributes())
			}
		}
	}
	for file, text := range map[string]string{"observed.txt": observedText, "assets.txt": assetsText} {
		for line := range strings.Lines(text) {
			cells := strings.Split(strings.TrimSpace(line), " | ")
			if strings.HasPrefix(line, "#") || registry.Serverless(cells[0]) {
				continue
			}
			typ, ok := registry.Lookup(cells[0])
			if !ok {
				t.Errorf("%s: no region has %s", file, cells[0])
			} else if _, ok := typ.Property(cells[1]); !ok {
				t.Errorf("%s: %s has no property %s; near is %q", file, cells[0], cells[1], typ.NearestProperty(cells[1]))
			}
		}
	}
}
