package upgrade

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/panther-preflight/panther-preflight/checks/releases"
)

// planner is the state of one plan: the parameters as they stand before the
// hop that is being planned.
type planner struct {
	request Request
	matrix  *releases.Matrix
	// known fills the placeholders.
	known  map[string]string
	names  map[string]bool
	values map[string]string
	whole  bool
	// done are the migrations that an earlier hop has.
	done map[string]bool
}

// New makes the plan. A *Refusal says that there is none.
func New(r Request) (*Plan, error) {
	m := r.Matrix
	if m == nil {
		var err error
		if m, err = releases.Read(); err != nil {
			return nil, err
		}
	}
	from, err := Version(m, r.From)
	if err != nil {
		return nil, fmt.Errorf("the version to upgrade from: %w", err)
	}
	to, err := Version(m, r.To)
	if err != nil {
		return nil, fmt.Errorf("the version to upgrade to: %w", err)
	}
	versions, err := route(m, from, to)
	if err != nil {
		return nil, err
	}
	p := newPlanner(r, m, from)
	plan := &Plan{From: show(from), To: show(to), Hops: []Hop{}, Notes: p.notes(to, len(versions))}
	at := from
	for i, version := range versions {
		plan.Hops = append(plan.Hops, p.hop(hop{from: at, to: version, last: i == len(versions)-1}))
		at = version
	}
	return plan, nil
}

func newPlanner(r Request, m *releases.Matrix, from *semver.Version) *planner {
	p := &planner{
		request: r, matrix: m, names: map[string]bool{}, values: maps.Clone(r.Values),
		whole: r.Whole || r.Old != nil, done: map[string]bool{},
	}
	if p.values == nil {
		p.values = map[string]string{}
	}
	p.startingNames(from)
	p.fillKnown()
	return p
}

// startingNames are the parameters of the deployed stack: what was read, or
// what every stack of that version has, and what the operator named.
func (p *planner) startingNames(from *semver.Version) {
	if p.request.Old != nil {
		for _, d := range p.request.Old {
			p.names[d.Name] = true
		}
		return
	}
	for _, name := range p.request.Names {
		p.names[name] = true
	}
	if p.request.Whole {
		return
	}
	// To take a parameter of the target for a deployed one is the safe side: a
	// wrong UsePreviousValue is refused, a lost value is not noticed.
	for _, d := range p.request.New {
		p.names[d.Name] = true
	}
	for _, standing := range p.matrix.Standing {
		if (standing.Entry == "proxy") == p.request.Proxy {
			for _, name := range standing.Names {
				p.names[name] = true
			}
		}
	}
	for _, m := range p.matrixParameters() {
		// A value given for a parameter that is yet to come says what to give
		// it then, not that the deployed stack has it.
		delete(p.names, m.Name)
		if reached(from, m.From) && (m.Until == "" || !reached(from, m.Until)) {
			p.names[m.Name] = true
		}
	}
}

func (p *planner) fillKnown() {
	r := p.request
	p.known = map[string]string{
		"region": r.Region, "stack_name": r.StackName, "bucket": r.Bucket,
		"role_stack": or(r.RoleStack, p.matrix.Role.Stack),
		"domain":     p.values["CustomDomain"],
		"included":   strings.Join(p.matrix.PipIncluded.Libraries, ", "),
		// Every published region has every asset; this one is as good as any.
		"source_region": p.matrix.Regions[0].Names[len(p.matrix.Regions[0].Names)-1],
		"proxy_region":  p.matrix.ProxyRegions[0],
	}
	var role []string
	for _, name := range p.matrix.Role.Parameters {
		role = append(role, "ParameterKey="+name+",UsePreviousValue=true")
	}
	p.known["role_parameters"] = strings.Join(role, " ")
	for name, value := range p.known {
		if name != "included" && name != "role_parameters" && value != "" {
			p.known[name] = quote(value)
		}
	}
}

func (p *planner) hop(h hop) Hop {
	version := show(h.to)
	out := Hop{
		From: show(h.from), To: version,
		TemplateURL: p.templateURL(version), RoleTemplateURL: p.roleTemplateURL(version),
	}
	migrations := p.migrations(h, out)
	changes, kept := p.changes(h)
	out.Parameters = append([]Parameter{}, changes...)
	out.Command = p.updateStack(out.TemplateURL, kept, changes)
	out.Steps = append(slices.Concat(migrations[Before], []Step{p.check(out), p.update(out)}), migrations[After]...)
	return out
}

// valued reports whether the value of a deployed parameter is known.
func (p *planner) valued(name string) bool {
	if _, given := p.values[name]; p.request.Partial && !given {
		return false
	}
	return p.request.Values != nil && !p.request.Hidden[name]
}
