package upgrade

import "github.com/panther-preflight/panther-preflight/checks/template"

// templateChanges lets the target's own template have the last word.
func (p *planner) templateChanges(byName map[string]Parameter) {
	now := map[string]bool{}
	for _, d := range p.request.New {
		now[d.Name] = true
		c, changed := byName[d.Name]
		switch {
		case !changed && !p.names[d.Name]:
			byName[d.Name] = p.declaredNew(d)
		case changed && c.Change == Added && d.Default == nil && !c.set:
			c.Required, c.set, c.Value = true, true, or(p.values[d.Name], "{"+snake(d.Name)+"}")
			byName[d.Name] = c
		case !changed:
			if why := defaultChange(p.request.Old, d); why != "" {
				byName[d.Name] = Parameter{Name: d.Name, Change: Changed, Why: why}
			}
		}
	}
	for name := range p.names {
		if !now[name] {
			byName[name] = Parameter{Name: name, Change: Removed, Why: "the template of the target does not declare it"}
		}
	}
	for name := range byName {
		if !now[name] && !p.names[name] {
			delete(byName, name)
		}
	}
}

func (p *planner) declaredNew(d template.Parameter) Parameter {
	c := Parameter{Name: d.Name, Change: Added, Why: d.Description}
	if d.Default == nil {
		c.Required, c.set, c.Value = true, true, "{"+snake(d.Name)+"}"
	}
	return c
}

// defaultChange says that a default changed; the deployed value stays. A
// default of a NoEcho parameter is never shown.
func defaultChange(old []template.Parameter, d template.Parameter) string {
	for _, o := range old {
		if o.Name != d.Name || o.Default == nil || d.Default == nil || *o.Default == *d.Default {
			continue
		}
		if o.NoEcho || d.NoEcho {
			return "its default changed; the deployed value stays"
		}
		return "its default changed from " + quoted(*o.Default) + " to " + quoted(*d.Default) + "; the deployed value stays"
	}
	return ""
}

func quoted(text string) string { return `"` + text + `"` }
