package report

import (
	"maps"
	"slices"
	"strings"
)

// htmlMatrix is services by policies.
type htmlMatrix struct {
	Policies []string
	Rows     []htmlRow
}

type htmlRow struct {
	Service string
	Cells   []htmlCell
}

// htmlCell counts the actions of one service that one policy stops.
type htmlCell struct {
	State   string
	Count   int
	Actions string
}

// matrixOf counts denials by service and policy. Services that the release
// needs and nothing stops have rows of empty cells.
func matrixOf(all []htmlCheck, details *Details) htmlMatrix {
	services, policies := map[string]bool{}, map[string]bool{}
	cells := map[[2]string]*htmlCell{}
	for _, s := range details.Services {
		services[s] = true
	}
	for _, l := range details.Levels {
		for _, p := range l.Policies {
			policies[p.Name] = true
		}
	}
	for _, d := range denialsOf(all) {
		service, _, _ := strings.Cut(d.Action, ":")
		services[service], policies[d.column()] = true, true
		key := [2]string{service, d.column()}
		if cells[key] == nil {
			cells[key] = &htmlCell{}
		}
		cells[key].add(d)
	}
	m := htmlMatrix{Policies: slices.Sorted(maps.Keys(policies))}
	if len(m.Policies) == 0 {
		return m
	}
	for _, service := range slices.Sorted(maps.Keys(services)) {
		row := htmlRow{Service: service}
		for _, policy := range m.Policies {
			cell := htmlCell{}
			if c := cells[[2]string{service, policy}]; c != nil {
				cell = *c
			}
			row.Cells = append(row.Cells, cell)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func (c *htmlCell) add(d denial) {
	c.Count++
	c.State = worse(d.State, c.State)
	if c.Actions != "" {
		c.Actions += ", "
	}
	c.Actions += d.Action
}
