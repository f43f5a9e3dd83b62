package cli

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/parameters"
)

// nearest is the known name that was most likely meant, or empty.
func nearest(name string, known []string) string {
	best, bestDistance := "", len(name)/3+1
	for _, k := range known {
		if n := parameters.Distance(strings.ToLower(name), strings.ToLower(k)); n < bestDistance {
			best, bestDistance = k, n
		}
	}
	return best
}
