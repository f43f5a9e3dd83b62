package changes

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Facts says what changes, for policies to judge. The same trees give the same
// facts in the same order.
func (c *Comparison) Facts() checks.Changes {
	out := checks.Changes{Template: c.from.Entry(), Exports: c.exports(), Unread: c.unread()}
	for _, d := range c.Changes() {
		if d.Action == Unchanged {
			out.Unchanged++
			continue
		}
		out.Resources = append(out.Resources, d.fact())
	}
	out.Unpackaged = c.unpackaged
	return out
}

func (d *Change) fact() checks.Change {
	r := d.Resource()
	f := checks.Change{
		Subject: d.Subject, Stack: r.Stack, LogicalID: r.LogicalID, Type: r.Type, Action: d.Action, Certain: d.Certain, Why: d.Why,
		Fate: d.Fate, FateCertain: d.FateSure, DeletesFirst: d.DeleteFirst, MovedFrom: d.MovedFrom, MovedTo: d.MovedTo,
		File: r.At.File, Line: r.At.Line, Column: r.At.Column,
	}
	f.Name, f.OldName = nameOf(d.New), nameOf(d.Old)
	for _, p := range d.Properties {
		f.Properties = append(f.Properties, checks.ChangedProperty{
			Path: p.Path, Before: p.Before, After: p.After, Certain: p.Certain, Requires: p.Requires, Why: p.Why, Inherited: p.Inherited, Inside: p.Inside,
		})
	}
	for _, k := range d.Conflicts {
		f.Conflicts = append(f.Conflicts, checks.NameConflict{
			Kind: k.Kind, Properties: k.Properties, Value: k.Value, Holder: k.Holder, HolderAction: k.HolderAction, Certain: k.Certain,
		})
	}
	return f
}

func nameOf(r *template.Resource) string {
	if r == nil || r.NameKind == "none" {
		return ""
	}
	return r.Name.Text()
}

// unread are the nested stacks of the deployed release whose templates were not
// read, and what macros and loops add to those that were.
func (c *Comparison) unread() []checks.UnreadTemplate {
	var out []checks.UnreadTemplate
	facts := c.from.Facts()
	for _, child := range facts.Children {
		if child.State != "loaded" && child.State != "application" && child.Exists != checks.ExistsNo {
			out = append(out, checks.UnreadTemplate{Subject: child.Subject, Reason: child.Detail})
		}
	}
	for _, t := range facts.Templates {
		for _, what := range t.Unexpanded {
			out = append(out, checks.UnreadTemplate{Subject: t.Subject, Reason: what + " is not expanded"})
		}
	}
	for _, f := range facts.Faults {
		if f.Kind == "too_large" {
			out = append(out, checks.UnreadTemplate{Subject: f.Subject, Reason: f.Detail})
		}
	}
	return out
}
