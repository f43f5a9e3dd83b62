package changes

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// exports finds the exports that the update takes from their importers, and
// names that one stack exports while another one still does.
func (c *Comparison) exports() []checks.ExportChange {
	old, new := c.from.Exports(), c.to.Exports()
	var out []checks.ExportChange
	for _, e := range new {
		if e.Exists == template.No {
			continue
		}
		for _, have := range old {
			if have.Exists == template.No || have.Stack == e.Stack || c.compare(have.Name, e.Name) != equal || c.exported(new, have) {
				continue
			}
			// A stack gives an export up when its own update is done; one that is
			// deleted goes last of all.
			out = append(out, change(e, "taken", have.Subject, nil, c.stackLeaves(have.Stack) && have.Exists == template.Yes && e.Exists == template.Yes))
		}
	}
	for _, have := range old {
		if have.Exists == template.No {
			continue
		}
		kept := c.same(new, have)
		switch {
		case kept == nil:
			importers, certain := c.importers(have)
			out = append(out, change(have, "removed", "", importers, certain))
		default:
			if v := c.compare(have.Value, kept.Value); v != equal {
				importers, certain := c.importers(have)
				if v == differs || len(importers) > 0 {
					out = append(out, change(*kept, "changed", "", importers, certain && v == differs))
				}
			}
		}
	}
	return out
}

func change(e template.Export, kind, holder string, importers []string, certain bool) checks.ExportChange {
	return checks.ExportChange{
		Subject: e.Subject, Name: e.Name.Text(), Kind: kind, Holder: holder, Importers: importers, Certain: certain,
		File: e.At.File, Line: e.At.Line, Column: e.At.Column,
	}
}

// exported tells whether the stack of an export keeps it.
func (c *Comparison) exported(new []template.Export, have template.Export) bool {
	return c.same(new, have) != nil
}

func (c *Comparison) same(new []template.Export, have template.Export) *template.Export {
	for i := range new {
		if e := &new[i]; e.Stack == have.Stack && e.Exists != template.No && c.compare(have.Name, e.Name) == equal {
			return e
		}
	}
	return nil
}

// stackLeaves tells whether a nested stack is deleted.
func (c *Comparison) stackLeaves(path string) bool {
	if path == entryStack {
		return false
	}
	above, id := split(path)
	return !exists(c.new[above+"#"+id])
}

// importers are the resources of the tree that import an export. It is certain
// that they do when the update comes where both releases do.
func (c *Comparison) importers(have template.Export) (subjects []string, certain bool) {
	still := map[string]bool{}
	for _, i := range c.to.Imports() {
		if i.Exists == template.Yes && c.compare(have.Name, i.Name) == equal {
			still[i.Subject] = true
		}
	}
	for _, i := range c.from.Imports() {
		if i.Exists == template.No || c.compare(have.Name, i.Name) != equal {
			continue
		}
		subjects = append(subjects, i.Subject)
		certain = certain || i.Exists == template.Yes && still[i.Subject]
	}
	return subjects, certain
}
