package upgrade

import (
	"regexp"
	"slices"
	"strings"
)

var (
	pipSeparator = regexp.MustCompile(`[,\s]+`)
	pipTail      = regexp.MustCompile(`[=<>!~\[;@].*$`)
	pipDashes    = regexp.MustCompile(`[-_.]+`)
)

// pipReduced is a list of Python libraries without the included ones, and
// whether any was among them.
func pipReduced(list string, included []string) (string, bool) {
	var kept []string
	dropped := false
	for _, entry := range pipSeparator.Split(list, -1) {
		switch {
		case entry == "":
		case slices.Contains(included, pipName(entry)):
			dropped = true
		default:
			kept = append(kept, entry)
		}
	}
	return strings.Join(kept, ","), dropped
}

// pipName is a requirement's name as package indexes compare it.
func pipName(entry string) string {
	return strings.ToLower(pipDashes.ReplaceAllString(pipTail.ReplaceAllString(entry, ""), "-"))
}
