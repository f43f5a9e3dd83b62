package reference

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/catalogue"
)

// CausesFile is the page of the causes of failed deployments.
const CausesFile = "docs/causes.md"

// cause is what is written about one cause.
type cause struct {
	catalogue.Entry
	// Existing are the related checks that have a page.
	Existing []string
}

func causes(pages []page) ([]cause, error) {
	entries, err := catalogue.Entries()
	if err != nil {
		return nil, err
	}
	var list []cause
	for _, e := range entries {
		c := cause{Entry: e}
		for _, id := range e.Related {
			if slices.ContainsFunc(pages, func(p page) bool { return p.ID == id }) {
				c.Existing = append(c.Existing, id)
			}
		}
		list = append(list, c)
	}
	return list, nil
}

// markedUp keeps an advice's backquotes and what is filled in as they are, and
// what HTML would swallow readable.
func markedUp(text string) string {
	return strings.NewReplacer("<", "&lt;", "{on}", "", "{policy}", "", "{holder}", "", "{physical}", "").Replace(text)
}
