package awsdata

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// Every row by hand is of a type and of properties that there are, so that a
// misspelt condition is not silently never met.
func TestOverlayIsInTheRegistry(t *testing.T) {
	rows, err := parseOverlay(overlayText)
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range rows {
		if registry.Serverless(name) {
			continue
		}
		if _, ok := registry.Lookup(name); !ok {
			t.Errorf("no region has %s", name)
		}
		for _, rule := range row.rules {
			for _, when := range rule.When {
				if path := strings.Join(when.Path, "."); path != "" && !inSomeRegion(name, path) {
					t.Errorf("%s has no property %s in any region", name, path)
				}
			}
		}
	}
}

// inSomeRegion tells whether any region has a property: they get new ones one
// after the other.
func inSomeRegion(name, path string) bool {
	return slices.ContainsFunc(registry.Regions(), func(region string) bool {
		typ, ok := registry.In(region, name)
		if !ok {
			return false
		}
		_, ok = typ.Property(path)
		return ok
	})
}
