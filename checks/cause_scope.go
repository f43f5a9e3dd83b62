package checks

import (
	"slices"
	"strings"
)

// scope is what the findings of a cause affect, each once.
type scope struct {
	resources []Place
	actions   []string
	seen      map[string]bool
}

// Place is one resource of the release and where it is defined.
type Place struct {
	Subject      string
	File         string
	Line, Column int
}

// scopeOf collects the resources and actions of findings, from their evidence
// or, without evidence of resources, from their subjects.
func scopeOf(members []Member) *scope {
	s := &scope{actions: []string{}, seen: map[string]bool{}}
	for _, m := range members {
		for _, p := range m.Finding.Places() {
			if !s.seen[p.Subject] {
				s.seen[p.Subject] = true
				s.resources = append(s.resources, p)
			}
		}
		s.actions = append(s.actions, m.Finding.actions()...)
	}
	slices.Sort(s.actions)
	s.actions = slices.Compact(s.actions)
	return s
}

// stacks counts the stacks of the resources.
func (s *scope) stacks() int {
	names := map[string]bool{}
	for _, r := range s.resources {
		stack, _, _ := strings.Cut(r.Subject, "#")
		names[stack] = true
	}
	return len(names)
}

// Places are the resources of the release that a finding affects.
func (f *Finding) Places() []Place {
	if f.ofResource() {
		return []Place{{f.Subject, f.File, f.Line, f.Column}}
	}
	listed, _ := f.Evidence["resources"].([]any)
	var places []Place
	for _, r := range listed {
		record, _ := r.(map[string]any)
		if subject := textOf(record["subject"]); subject != "" {
			places = append(places, Place{subject, textOf(record["file"]), numberOf(record["line"]), numberOf(record["column"])})
		}
	}
	return places
}

// Places are the resources of the release that a cause affects, each once.
func (c *Cause) Places() []Place { return scopeOf(c.members).resources }

func (f *Finding) actions() []string {
	if one := textOf(f.Evidence["action"]); one != "" {
		return []string{one}
	}
	listed, _ := f.Evidence["actions"].([]any)
	var actions []string
	for _, a := range listed {
		if text := textOf(a); text != "" {
			actions = append(actions, text)
		}
	}
	return actions
}

func textOf(v any) string {
	text, _ := v.(string)
	return text
}

// numberOf reads a number of evidence, which comes from JSON.
func numberOf(v any) int {
	switch n := v.(type) {
	case float64:
		return int(n)
	case int:
		return n
	case interface{ Int64() (int64, error) }:
		i, _ := n.Int64()
		return int(i)
	}
	return 0
}
