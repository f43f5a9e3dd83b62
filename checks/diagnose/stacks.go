package diagnose

import (
	"cmp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// stacks are the events of each stack by its id, oldest first.
type stacks map[string][]events.Event

// byStack groups events. CloudFormation lists the newest first, so that of two
// at the same instant the one listed later is the older.
func byStack(all []events.Event) stacks {
	s := stacks{}
	seen := map[string]bool{}
	for _, e := range slices.Backward(placed(all)) {
		key := e.StackID + "\x00" + e.ID
		if e.ID != "" && seen[key] {
			continue
		}
		seen[key] = true
		s[e.StackID] = append(s[e.StackID], e)
	}
	for _, list := range s {
		slices.SortStableFunc(list, func(a, b events.Event) int { return a.Time.Compare(b.Time) })
	}
	s.hooks()
	s.link()
	return s
}

// hooks gives a resource that a hook refused what the hook said: that stands in
// an event of its own.
func (s stacks) hooks() {
	for _, list := range s {
		said := map[string]events.Hook{}
		for i, e := range list {
			if e.Hook.Reason != "" && hookFailed(e) {
				said[e.LogicalID] = e.Hook
			}
			if strings.Contains(e.Reason, "hook(s) failed") && e.Hook.Reason == "" {
				list[i].Hook = said[e.LogicalID]
			}
		}
	}
}

// placed gives events whose form does not tell the stack one of their own file.
func placed(all []events.Event) []events.Event {
	all = slices.Clone(all)
	names := map[string]string{}
	for i := range all {
		e := &all[i]
		if m := embedded.FindStringSubmatch(e.Reason); m != nil && e.Type == "" {
			e.Type = events.StackType
		}
		if m := embedded.FindStringSubmatch(e.Reason); m != nil && e.PhysicalID == "" && e.Type == events.StackType && e.LogicalID != e.StackName {
			e.PhysicalID = m[1]
		}
		if e.StackID == "" && names[e.File] == "" {
			names[e.File] = ownName(*e)
		}
	}
	for i := range all {
		e := &all[i]
		if e.StackID != "" {
			continue
		}
		e.StackName = cmp.Or(e.StackName, names[e.File])
		e.StackID = cmp.Or(e.StackName, e.File)
		if e.LogicalID != "" && e.LogicalID == e.StackName {
			e.Type, e.PhysicalID = events.StackType, e.StackID
		}
	}
	return all
}

// ownName is the stack's name where the event can only be about the stack.
func ownName(e events.Event) string {
	switch {
	case e.StackName != "":
		return e.StackName
	case strings.Contains(e.Status, "ROLLBACK"), strings.Contains(e.Status, "CLEANUP"), e.Status == "REVIEW_IN_PROGRESS", initiated(e.Reason):
		return e.LogicalID
	}
	return ""
}

// link joins stacks that are only known by name with the nested stack, and
// nested stacks without a physical id with the stack that is named for them.
func (s stacks) link() {
	ids := s.ids()
	for _, id := range ids {
		for i := range s[id] {
			e := &s[id][i]
			if !e.Nests() || len(s[e.PhysicalID]) > 0 {
				continue
			}
			for _, other := range ids {
				name := nameOf(s[other][0])
				if other != id && (name == events.NameOf(e.PhysicalID) && name != "" || e.PhysicalID == "" && strings.HasPrefix(name, nameOf(*e)+"-"+e.LogicalID+"-")) {
					e.PhysicalID = other
					break
				}
			}
		}
	}
}

func (s stacks) ids() []string {
	var ids []string
	for id := range s {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func nameOf(e events.Event) string { return cmp.Or(e.StackName, events.NameOf(e.StackID)) }

// name is the name of a stack by its id.
func (s stacks) name(id string) string {
	if list := s[id]; len(list) > 0 {
		return nameOf(list[0])
	}
	return events.NameOf(id)
}

// namedBelow reports whether a name is that of another stack with a hyphen and
// more, as CloudFormation composes the names of nested stacks.
func namedBelow(name string, named map[string]bool) bool {
	for at := range name {
		if name[at] == '-' && named[name[:at]] {
			return true
		}
	}
	return false
}

// roots are the stacks that no other stack nests, in the order of their last
// events, the latest last.
func (s stacks) roots() []string {
	nested := map[string]bool{}
	for id, list := range s {
		for _, e := range list {
			if e.Nests() && e.PhysicalID != id {
				nested[e.PhysicalID] = true
			}
		}
	}
	named := map[string]bool{}
	for id := range s {
		named[s.name(id)] = true
	}
	var ids []string
	for id := range s {
		if !nested[id] && !namedBelow(s.name(id), named) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(s[a][len(s[a])-1].Time.Compare(s[b][len(s[b])-1].Time), strings.Compare(a, b))
	})
	return ids
}
