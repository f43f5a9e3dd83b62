package remove

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// TestGroupsAreInTheRegistry: one member of each group at least is a property of
// the type, and a misspelt one would never be lost.
func TestGroupsAreInTheRegistry(t *testing.T) {
	for typ, groups := range oneOf {
		if registry.Serverless(typ) {
			continue
		}
		known, ok := registry.Lookup(typ)
		if !ok {
			t.Errorf("no region has %s", typ)
			continue
		}
		for _, g := range groups {
			shared := g.members
			if strings.HasPrefix(typ, "AWS::EC2::SecurityGroup") {
				shared = shared[:1] // those of ingress and egress are one list
			}
			for _, member := range shared {
				path := strings.TrimPrefix(strings.ReplaceAll(g.path+"/"+member, "/", "."), ".")
				if _, ok := known.Property(path); !ok {
					t.Errorf("%s has no property %s", typ, path)
				}
			}
		}
	}
	for made := range samMakes {
		if _, ok := registry.Lookup(samMakes[made]); !ok || !registry.Serverless(made) {
			t.Errorf("%s: %s", made, samMakes[made])
		}
	}
}
