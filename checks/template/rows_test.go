package template

import (
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
	for table, rows := range map[string]map[string][]observed{"observed.txt and the features": observedRows(), "assets.txt": assetRows()} {
		for name, paths := range rows {
			if registry.Serverless(name) {
				continue
			}
			typ, ok := registry.Lookup(name)
			if !ok {
				t.Errorf("%s: no region has %s", table, name)
				continue
			}
			for _, o := range paths {
				if _, ok := typ.Property(o.path); !ok {
					t.Errorf("%s: %s has no property %s; near is %q", table, name, o.path, typ.NearestProperty(o.path))
				}
			}
		}
	}
}
