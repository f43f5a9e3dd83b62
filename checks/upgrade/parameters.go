package upgrade

import (
	"maps"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/panther-preflight/panther-preflight/checks/releases"
)

// changes are the parameters that the hop changes, by name, and kept the names
// that keep their value.
func (p *planner) changes(h hop) (changes []Parameter, kept []string) {
	byName := map[string]Parameter{}
	for _, m := range p.matrixParameters() {
		p.matrixChange(h, m, byName)
	}
	for _, r := range p.matrix.Required {
		p.requiredChange(h, r, byName)
	}
	p.pipChange(h, byName)
	if h.last && p.request.New != nil {
		p.templateChanges(byName)
	}
	for _, name := range slices.Sorted(maps.Keys(p.names)) {
		if _, changed := byName[name]; !changed {
			kept = append(kept, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		c := byName[name]
		changes = append(changes, c)
		switch {
		case c.Change == Removed:
			delete(p.names, name)
		case c.Change == Changed && !c.set:
			kept = append(kept, name)
		default:
			p.names[name] = true
		}
		if c.set && p.valued(name) {
			p.values[name] = c.Value
		}
	}
	slices.Sort(kept)
	return changes, kept
}

// matrixParameters are the parameters of the matrix that the entry has.
func (p *planner) matrixParameters() []releases.Parameter {
	if p.request.Proxy {
		return nil
	}
	return p.matrix.Parameters
}

func (p *planner) matrixChange(h hop, m releases.Parameter, byName map[string]Parameter) {
	switch {
	case m.Until != "" && h.crosses(m.Until):
		if p.names[m.Name] {
			byName[m.Name] = Parameter{Name: m.Name, Change: Removed, Why: "gone from v" + m.Until + " on"}
		}
	case m.With != "" && reached(h.to, m.From):
		p.dependentChange(h, m, byName)
	case h.crosses(m.From) && !p.names[m.Name]:
		byName[m.Name] = p.added(m)
	}
}

// dependentChange is about a parameter that another one calls for. It is set
// in the first hop that finds the other one without it.
func (p *planner) dependentChange(h hop, m releases.Parameter, byName map[string]Parameter) {
	given := p.values[m.Name]
	asked := p.values[m.With] != ""
	fresh := h.crosses(m.From) && !p.names[m.Name]
	c := p.added(m)
	switch {
	case p.inChina():
		return
	case p.valued(m.With) && p.valued(m.Name) && asked && given == "":
		c.Required, c.set, c.Value = true, true, p.fill(m.Value, nil)
	case fresh && !p.valued(m.With):
		c.set, c.Value = true, p.fill(m.Value, nil)
		c.Why += "; leave it out of the command without one"
	case fresh && given != "":
		c.set, c.Value = true, given
	case fresh:
		c.Value = ""
	default:
		return
	}
	if !fresh {
		c.Change = Changed
	}
	byName[m.Name] = c
}

func (p *planner) added(m releases.Parameter) Parameter {
	return Parameter{Name: m.Name, Change: Added, Why: p.fill(m.About, nil)}
}

// requiredChange gives a required parameter its value in the hop that brings
// it, and later where it is known to have none.
func (p *planner) requiredChange(h hop, r releases.Required, byName map[string]Parameter) {
	if (r.Entry == "proxy") != p.request.Proxy || !reached(h.to, r.From) {
		return
	}
	value, fresh := p.values[r.Name], h.crosses(r.From) && !p.names[r.Name]
	missing := p.valued(r.Name) && p.whole && value == ""
	if !fresh && !missing {
		return
	}
	c, ok := byName[r.Name]
	if !ok {
		c = Parameter{Name: r.Name, Change: Changed, Why: "required, and has no value"}
	}
	c.Required, c.set, c.Value = true, true, or(value, p.fill("{"+snake(r.Name)+"}", nil))
	byName[r.Name] = c
}

// snake writes PulumiSecretArn as pulumi_secret_arn.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' && i > 0 && !(name[i-1] >= 'A' && name[i-1] <= 'Z') {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func (p *planner) pipChange(h hop, byName map[string]Parameter) {
	const name = "PipLibraries"
	rule := p.matrix.PipIncluded
	if p.request.Proxy || !reached(h.to, rule.From) || !p.names[name] {
		return
	}
	c := Parameter{Name: name, Change: Changed, set: true,
		Why: "without " + strings.Join(rule.Libraries, ", ") + ", which are included from v" + rule.From + " on"}
	if p.valued(name) {
		var dropped bool
		if c.Value, dropped = pipReduced(p.values[name], rule.Libraries); !dropped {
			return
		}
		byName[name] = c
	} else if h.crosses(rule.From) {
		c.Value = "{pip_libraries}"
		byName[name] = c
	}
}

// hop is one update on the way.
type hop struct {
	from, to *semver.Version
	last     bool
}

// crosses reports whether the hop is the one that reaches the version.
func (h hop) crosses(version string) bool {
	return reached(h.to, version) && !reached(h.from, version)
}
