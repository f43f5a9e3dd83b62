package template

import "slices"

// components are the sets of ids that wait for each other (Tarjan), each in the
// order of the template; an id that waits for none of its own kind is in none.
func (g graph) components(order []string, least Truth) [][]string {
	c := &components{graph: g, least: least, index: map[string]int{}, low: map[string]int{}, on: map[string]bool{}}
	for _, id := range order {
		if c.index[id] == 0 {
			c.visit(id)
		}
	}
	place := make(map[string]int, len(order))
	for i, id := range order {
		place[id] = i
	}
	for _, set := range c.out {
		slices.SortFunc(set, func(a, b string) int { return place[a] - place[b] })
	}
	slices.SortFunc(c.out, func(a, b []string) int { return place[a[0]] - place[b[0]] })
	return c.out
}

type components struct {
	graph graph
	least Truth
	index map[string]int
	low   map[string]int
	on    map[string]bool
	stack []string
	out   [][]string
}

// visit goes as deep as a template has resources, of which there are at most
// some thousands.
func (c *components) visit(id string) {
	c.index[id] = len(c.index) + 1
	c.low[id] = c.index[id]
	c.stack, c.on[id] = append(c.stack, id), true
	itself := false
	for _, e := range c.graph[id] {
		switch {
		case !e.counts(c.least):
		case c.index[e.to] == 0:
			c.visit(e.to)
			c.low[id] = min(c.low[id], c.low[e.to])
		case c.on[e.to]:
			c.low[id] = min(c.low[id], c.index[e.to])
			itself = itself || e.to == id
		}
	}
	if c.low[id] != c.index[id] {
		return
	}
	at := slices.Index(c.stack, id)
	set := slices.Clone(c.stack[at:])
	c.stack = c.stack[:at]
	for _, member := range set {
		c.on[member] = false
	}
	if len(set) > 1 || itself {
		c.out = append(c.out, set)
	}
}
