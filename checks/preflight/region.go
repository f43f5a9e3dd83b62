package preflight

import (
	"fmt"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// regionNote says that a region may be misspelt. A new region of AWS is not an
// error, so it is a note: every format shows it.
func regionNote(region string) []string {
	known := registry.Regions()
	if region == "" || slices.Contains(known, region) {
		return nil
	}
	note := fmt.Sprintf("the region %s is not known to this version", region)
	if best := spelling.Nearest(region, known); best != "" {
		note += "; did you mean " + best + "?"
	}
	return []string{note}
}
