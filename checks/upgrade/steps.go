package upgrade

import (
	"fmt"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/panther-preflight/panther-preflight/checks/releases"
)

// answer is whether a migration concerns this stack.
type answer int

const (
	no answer = iota
	perhaps
	yes
)

// migrations are the steps of the matrix that belong to a hop, by phase.
func (p *planner) migrations(h hop, out Hop) map[string][]Step {
	steps := map[string][]Step{}
	fillers := map[string]string{"version": out.To, "from": out.From, "role_template_url": out.RoleTemplateURL}
	for _, m := range p.matrix.Migrations {
		if !p.applies(h, m) {
			continue
		}
		p.done[m.ID] = true
		step := Step{Phase: m.Phase, Title: p.fill(m.Title, fillers), Why: p.fill(m.Why, fillers), Commands: []string{}}
		for _, command := range m.Commands {
			step.Commands = append(step.Commands, p.fill(command, fillers))
		}
		if p.concerns(m) == perhaps && m.When == "custom_domain" {
			step.Title = "With a custom domain: " + strings.ToLower(step.Title[:1]) + step.Title[1:]
		}
		steps[m.Phase] = append(steps[m.Phase], step)
	}
	return steps
}

// applies decides whether a migration belongs to a hop: see releases.Migration.
func (p *planner) applies(h hop, m releases.Migration) bool {
	concerned := p.concerns(m)
	other := m.Entry != "any" && (m.Entry == "proxy") != p.request.Proxy
	if other || concerned == no || !reached(h.to, m.From) {
		return false
	}
	switch {
	case m.Every:
		return true
	case m.Last:
		return h.last
	case p.done[m.ID]:
		return false
	case h.crosses(m.From):
		return true
	case concerned == yes:
		return true
	}
	return m.Until != "" && !reached(h.to, m.Until)
}

func (p *planner) concerns(m releases.Migration) answer {
	r := p.request
	switch m.When {
	case "":
		return yes
	case "role":
		return truth(!r.Administrator && !p.inChina())
	case "china_role":
		return truth(!r.Administrator && p.inChina())
	case "china":
		return truth(p.inChina())
	case "pip_libraries":
		_, listed := pipReduced(p.values["PipLibraries"], p.matrix.PipIncluded.Libraries)
		return p.told(listed, "PipLibraries")
	case "custom_domain":
		if p.inChina() {
			return no
		}
		return p.told(p.values["CustomDomain"] != "" && p.values["ApiCertificateArn"] == "", "CustomDomain", "ApiCertificateArn")
	}
	return perhaps
}

func truth(is bool) answer {
	if is {
		return yes
	}
	return no
}

// told is perhaps where one of the values that it rests on is not known.
func (p *planner) told(is bool, names ...string) answer {
	for _, name := range names {
		if !p.valued(name) {
			return perhaps
		}
	}
	return truth(is)
}

func (p *planner) check(out Hop) Step {
	command := []string{"panther-preflight", "check", "--template", quote(out.TemplateURL),
		"--from", out.From, "--release", out.To,
		"--stack-name", quote(or(p.request.StackName, "{stack_name}")), "--region", quote(or(p.request.Region, "{region}"))}
	if p.request.Administrator {
		command = append(command, "--no-deployment-role")
	}
	return Step{Phase: Before, Title: "Check what would make this update fail",
		Why: "nothing is written, and what blocks it is told before CloudFormation finds it", Commands: []string{strings.Join(command, " ")}}
}

func (p *planner) update(out Hop) Step {
	wait := fmt.Sprintf("aws cloudformation wait stack-update-complete --stack-name %s --region %s",
		quote(or(p.request.StackName, "{stack_name}")), quote(or(p.request.Region, "{region}")))
	return Step{Phase: Update, Title: "Update the stack to " + out.To, Why: "one minor at a time, so that every migration runs",
		Commands: []string{out.Command, wait}}
}

// notes say what the plan does not know.
func (p *planner) notes(to *semver.Version, hops int) []string {
	notes := []string{}
	add := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	if hops == 0 {
		add("%s is deployed already: there is nothing to do", show(to))
		return notes
	}
	if patch, _ := p.matrix.Patch(minorOf(to)); "v"+patch != show(to) {
		add("%s is not the recommended patch of its minor, v%s is", show(to), patch)
	}
	if !p.whole {
		add("not all parameters of the deployed stack are known: one that the command leaves out goes back to its default; give --template-from, or credentials with --stack-name")
	}
	if p.request.Region == "" {
		add("no region is known: --region fills {region}")
	}
	if p.inChina() && p.request.Bucket == "" {
		add("no bucket is known: --bucket fills {bucket}, your bucket with the release in China")
	}
	add("what stands in {braces} is yours to fill in")
	return notes
}
