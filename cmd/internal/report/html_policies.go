package report

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// denial is one action that a finding says an organization policy keeps from
// the release, or that no policy of a level allows; Policy is then empty.
type denial struct {
	Policy, Statement, Action, State string
	Level                            int
}

// noLevel is the level of a denial that does not say one.
const noLevel = -1

// htmlLevel is one level of the organization with what its policies deny.
type htmlLevel struct {
	Name     string
	Policies []htmlPolicy
}

type htmlPolicy struct {
	Name, Title, Kind, State string
	Denials                  []denial
}

// denialsOf are what the findings about organization policies say is denied or
// may be.
func denialsOf(all []htmlCheck) []denial {
	var ds []denial
	for _, c := range all {
		if c.Area != "SCP" || c.Severity == checks.SeverityInfo {
			continue
		}
		for _, f := range c.Findings {
			d := denial{State: f.State, Level: noLevel}
			if level, ok := f.Evidence["level"].(float64); ok {
				d.Level = int(level)
			}
			if actions, ok := f.Evidence["actions"].([]any); ok {
				for _, action := range actions {
					d.Action = fmt.Sprint(action)
					ds = append(ds, d)
				}
				continue
			}
			if d.fromSubject(f.Subject) {
				ds = append(ds, d)
			}
		}
	}
	return ds
}

// fromSubject reads `<policy>#<statement>:<action>`.
func (d *denial) fromSubject(subject string) bool {
	policy, rest, ok := strings.Cut(subject, "#")
	if !ok {
		return false
	}
	d.Policy = policy
	d.Statement, d.Action, ok = strings.Cut(rest, ":")
	return ok && strings.Contains(d.Action, ":")
}

// column is the heading under which a denial counts.
func (d denial) column() string {
	if d.Policy == "" {
		return fmt.Sprintf("no Allow at level %d", d.Level)
	}
	return d.Policy
}

// levelsOf puts what findings say of a policy at the level that it is attached
// to; policies whose level is not known stand in one without a name.
func levelsOf(all []htmlCheck, levels []Level) []htmlLevel {
	denials := denialsOf(all)
	placed := map[string]bool{}
	var out []htmlLevel
	for i, l := range levels {
		level := htmlLevel{Name: l.Name}
		for _, p := range l.Policies {
			placed[p.Name] = true
			level.Policies = append(level.Policies, policyOf(p, denials))
		}
		if p := policyOf(Policy{Name: denial{Level: i}.column()}, denials); len(p.Denials) > 0 {
			placed[p.Name] = true
			level.Policies = append(level.Policies, p)
		}
		out = append(out, level)
	}
	rest := htmlLevel{}
	for _, d := range denials {
		if name := d.column(); !placed[name] {
			placed[name] = true
			rest.Policies = append(rest.Policies, policyOf(Policy{Name: name}, denials))
		}
	}
	if len(rest.Policies) > 0 {
		out = append(out, rest)
	}
	return out
}

func policyOf(p Policy, denials []denial) htmlPolicy {
	view := htmlPolicy{Name: p.Name, Title: p.Title, Kind: p.Kind}
	for _, d := range denials {
		if d.column() == p.Name {
			view.Denials = append(view.Denials, d)
			view.State = worse(d.State, view.State)
		}
	}
	return view
}
