package template

import (
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// graph says of each logical id of a stack what it waits for.
type graph map[string][]edge

type edge struct {
	to     string
	node   *cfn.Node // the reference
	exists Truth
	guards []guard
}

// add keeps the one edge between two ids that is certain, if one is.
func (g graph) add(from string, e edge) {
	for i, known := range g[from] {
		switch {
		case known.to != e.to:
		case known.exists == Yes || e.exists != Yes && slices.Equal(known.guards, e.guards):
			return
		case e.exists == Yes:
			g[from][i] = e
			return
		}
	}
	g[from] = append(g[from], e)
}

// circles are the circles of a graph, one for each set of ids that wait for
// each other. Those that are certain come first and hide the others.
func (s *stack) circles(kind string, g graph, order []string) []checks.Circle {
	var out []checks.Circle
	in := map[string]bool{}
	for _, least := range []Truth{Yes, Undecided} {
		for _, set := range g.components(order, least) {
			if slices.ContainsFunc(set, func(id string) bool { return in[id] }) {
				continue
			}
			path := g.circle(set, least)
			if path == nil {
				continue
			}
			for _, id := range set {
				in[id] = true
			}
			out = append(out, s.circle(kind, path, least))
		}
	}
	return out
}

// step is one id of a circle and its reference to the next.
type step struct {
	id string
	edge
}

func (s *stack) circle(kind string, path []step, exists Truth) checks.Circle {
	p := s.at(path[0].node)
	c := checks.Circle{Subject: s.subject(path[0].id), Kind: kind, Exists: exists.String(), File: p.File, Line: p.Line, Column: p.Column}
	stacks := kind == "resources"
	for _, st := range path {
		c.Members = append(c.Members, st.id)
		r := s.expanded().byID[st.id]
		stacks = stacks && r != nil && r.Type == nestedStack
	}
	if stacks {
		c.Kind = "stacks"
	}
	return c
}

// circle is the shortest circle in a set of ids that can be.
func (g graph) circle(set []string, least Truth) []step {
	var best []step
	for _, start := range set {
		if p := g.back(start, set, least, len(best)); p != nil {
			best = p
		}
	}
	return best
}

// maxPaths bounds the search for a circle whose conditions can be together.
const maxPaths = 2000

// back is a shortest way from an id to itself, of fewer steps than below if
// that is not 0.
func (g graph) back(start string, set []string, least Truth, below int) []step {
	queue := [][]step{{{id: start}}}
	seen := map[string]bool{}
	for tries := 0; len(queue) > 0 && tries < maxPaths; tries++ {
		path := queue[0]
		queue = queue[1:]
		last := len(path) - 1
		if below > 0 && len(path) >= below {
			return nil
		}
		for _, e := range g[path[last].id] {
			if !e.counts(least) || !slices.Contains(set, e.to) {
				continue
			}
			next := append(slices.Clone(path[:last]), step{path[last].id, e})
			if e.to == start {
				if least == Yes || possible(guardsOf(next)...) {
					return next
				}
				continue
			}
			if least == Yes && seen[e.to] || slices.ContainsFunc(next, func(st step) bool { return st.id == e.to }) {
				continue
			}
			seen[e.to] = true
			queue = append(queue, append(next, step{id: e.to}))
		}
	}
	return nil
}

// counts tells whether an edge is as sure as is asked.
func (e edge) counts(least Truth) bool {
	return e.exists == Yes || least == Undecided && e.exists == Undecided
}

func guardsOf(path []step) []guard {
	var out []guard
	for _, st := range path {
		for _, g := range st.guards {
			if !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	return out
}
