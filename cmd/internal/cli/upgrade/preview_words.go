package upgrade

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// counted says the counts in one line, the gravest first. What is not certain
// says so.
func counted(c checks.ChangeCounts) string {
	var out []string
	add := func(n int, what string) {
		if n > 0 {
			out = append(out, fmt.Sprintf("%d %s", n, what))
		}
	}
	add(c.Refused, "cannot be updated")
	add(c.Replaced, "replaced"+ofWhich(c.Replaced, c.ReplacedData))
	add(c.Deleted, "deleted"+ofWhich(c.Deleted, c.DeletedData))
	add(c.Perhaps.Replaced, "perhaps replaced")
	add(c.Perhaps.Deleted, "perhaps deleted")
	add(c.Perhaps.Refused, "perhaps cannot be updated")
	add(c.Retained, "retained outside of the stack")
	add(c.Created, "created"+ofWhichMoved(c.Moved))
	add(c.Interrupted, "updated with some interruption")
	add(c.Updated, "updated in place")
	add(c.Perhaps.Created, "perhaps created")
	add(c.Perhaps.Updated, "perhaps updated")
	add(c.Unchanged, "unchanged")
	if len(out) == 0 {
		return "nothing changes"
	}
	return strings.Join(out, ", ")
}

func ofWhich(all, data int) string {
	switch {
	case data == 0:
		return ""
	case all == 1:
		return " (it holds data)"
	case data == 1:
		return " (1 of them holds data)"
	}
	return fmt.Sprintf(" (%d of them hold data)", data)
}

func ofWhichMoved(moved int) string {
	if moved == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d of them moved)", moved)
}

// headline names the upgrade.
func headline(p *checks.Preview) string {
	text := "Upgrade"
	if p.Target.StackName != "" {
		text += " of " + p.Target.StackName
	}
	if p.Target.From != "" {
		text += " from " + p.Target.From
	}
	if p.Target.Release != "" {
		text += " to " + p.Target.Release
	}
	return text
}

// action is what happens to a resource, in words.
func action(c checks.PreviewChange) string {
	word := map[string]string{checks.ChangeInterrupted: "updated with some interruption", checks.ChangeRefused: "cannot be updated"}[c.Action]
	if word == "" {
		word = c.Action
	}
	if !c.Certain {
		word = "perhaps " + word
	}
	switch {
	case c.MovedFrom != "":
		word += ", moved from " + c.MovedFrom
	case c.MovedTo != "":
		word += ", moved to " + c.MovedTo
	}
	switch {
	case c.Action == checks.ChangeReplaced && c.Fate == "retained":
		word += ", the old one is retained"
	case c.Fate == "snapshot":
		word += " after a snapshot"
	}
	return word
}

// property is one changed property in words.
func property(p checks.ChangedProperty) string {
	if p.Inside || p.Inherited {
		return ""
	}
	text := fmt.Sprintf("%s: %s → %s", p.Path, value(p.Before), value(p.After))
	if p.Requires != "no interruption" {
		text += " (" + p.Requires + ")"
	}
	if p.Why != "" {
		text += "; " + p.Why
	}
	return text
}

func value(text string) string {
	if text == "" {
		return "no value"
	}
	return strings.Join(strings.Fields(text), " ")
}

// grave tells of changes that are listed one by one with their properties.
func grave(c checks.PreviewChange) bool {
	return c.Action != checks.ChangeUpdated && c.Action != checks.ChangeCreated
}

// named is the type and physical name of a resource.
func named(c checks.PreviewChange) string {
	name := c.OldName
	if name == "" {
		name = c.Name
	}
	return strings.TrimSpace(c.Type + " " + name)
}
