package report

import (
	"maps"
	"slices"
	"strings"
)

// denial is what a finding says of a policy: `<policy>#<statement>:<action>`.
type denial struct {
	Policy, Statement, Action, State string
}

// htmlLevel is one level of the organization with what its policies deny.
type htmlLevel struct {
	Name     string
	Policies []htmlPolicy
}

type htmlPolicy struct {
	Name, Kind, State string
	Denials           []denial
}

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

// denialsOf are what the findings about organization policies and permissions
// name.
func denialsOf(all []htmlCheck) []denial {
	var ds []denial
	for _, c := range all {
		if c.Area != "SCP" && c.Area != "IAM" {
			continue
		}
		for _, f := range c.Findings {
			policy, rest, ok := strings.Cut(f.Subject, "#")
			if !ok {
				continue
			}
			statement, action, ok := strings.Cut(rest, ":")
			if ok && strings.Contains(action, ":") {
				ds = append(ds, denial{policy, statement, action, f.State})
			}
		}
	}
	return ds
}

// levelsOf puts what findings say of a policy at the level that it is attached
// to; policies whose level is not known stand in one without a name.
func levelsOf(all []htmlCheck, levels []Level) []htmlLevel {
	denials := denialsOf(all)
	placed := map[string]bool{}
	var out []htmlLevel
	for _, l := range levels {
		level := htmlLevel{Name: l.Name}
		for _, p := range l.Policies {
			placed[p.Name] = true
			level.Policies = append(level.Policies, policyOf(p, denials))
		}
		out = append(out, level)
	}
	rest := htmlLevel{}
	for _, d := range denials {
		if !placed[d.Policy] {
			placed[d.Policy] = true
			rest.Policies = append(rest.Policies, policyOf(Policy{Name: d.Policy}, denials))
		}
	}
	if len(rest.Policies) > 0 {
		out = append(out, rest)
	}
	return out
}

func policyOf(p Policy, denials []denial) htmlPolicy {
	view := htmlPolicy{Name: p.Name, Kind: p.Kind}
	for _, d := range denials {
		if d.Policy == p.Name {
			view.Denials = append(view.Denials, d)
			view.State = worse(d.State, view.State)
		}
	}
	return view
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
		services[service], policies[d.Policy] = true, true
		key := [2]string{service, d.Policy}
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
