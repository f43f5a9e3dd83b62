package report

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// firstNamed is how many actions and resources of a cause are named before they
// are counted; the json and html formats have all of them.
const firstNamed = 3

// affects says how much of the release a cause affects: "148 actions (a, b, c
// and 145 more), 415 resources in 11 stacks (…)". It is empty where the message
// names all there is.
func affects(c *checks.Cause) string {
	var parts []string
	if n := len(c.Actions); n > firstNamed {
		parts = append(parts, fmt.Sprintf("%s (%s)", checks.Plural(n, "action"), few(c.Actions)))
	}
	if places := c.Places(); len(places) > 1 {
		names := make([]string, len(places))
		for i, place := range places {
			names[i] = place.Subject
		}
		count := checks.Plural(c.Resources, "resource")
		if c.Stacks > 1 {
			count += fmt.Sprintf(" in %s", checks.Plural(c.Stacks, "stack"))
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", count, few(names)))
	}
	if c.Undecided > 0 && c.Certain() {
		parts = append(parts, fmt.Sprintf("%s of %s undecided", checks.Number(c.Undecided), checks.Plural(c.Findings, "finding")))
	}
	return strings.Join(parts, "; ")
}

func few(names []string) string {
	if more := len(names) - firstNamed; more > 0 {
		return fmt.Sprintf("%s and %s more", strings.Join(names[:firstNamed], ", "), checks.Number(more))
	}
	return strings.Join(names, ", ")
}

// ownersDiffer says that not everything is for the same people to fix.
func ownersDiffer(causes []checks.Cause) bool {
	for _, c := range causes {
		if c.Owner != causes[0].Owner {
			return true
		}
	}
	return false
}

// placeOf is file:line:column, as far as it is known.
func placeOf(file string, line, column int) string {
	return place(checks.Finding{File: file, Line: line, Column: column})
}
