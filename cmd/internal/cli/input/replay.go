package input

import (
	"context"
	"fmt"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/recording"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// Replay gives the facts that collect wrote to a file, without any call. What
// is named beside --facts, a template, parameters or policies, is read anew and
// only the live facts are those of the file. These are of one account, region,
// stack and role: no flag can make them those of another.
func Replay(ctx context.Context, a *session.Session, file string, in Flags) (*preflight.Gathered, error) {
	text, err := session.ReadInput(ctx, file, in.Wait)
	if err != nil {
		return nil, err
	}
	read, err := recording.Read(file, text)
	if err != nil {
		return nil, session.Usage(err)
	}
	recorded := preflight.Recorded(file, read)
	was := recorded.Facts.Run
	if err := in.agrees(a.Global.Region, was); err != nil {
		return nil, err
	}
	if err := in.contradicts(was.Account, recorded.Facts.Organizations.ID); err != nil {
		return nil, err
	}
	if !in.anew() {
		return recorded, nil
	}
	if err := in.keep(recorded.Facts); err != nil {
		return nil, fmt.Errorf("--facts %s: %w", file, err)
	}
	r, err := NewRequest(ctx, a, in)
	if err != nil {
		return nil, err
	}
	if in.Parameters == "" {
		given, err := givenIn(recorded.Facts, r.Parameters)
		if err != nil {
			return nil, fmt.Errorf("--facts %s: %w", file, err)
		}
		r.Parameters = parameters.Merge(given, r.Parameters)
		if len(in.stackTags) == 0 {
			r.Run.StackTags = was.StackTags
		}
	}
	if was.Account == "" {
		was.Account = r.Run.Account
	}
	r.Run.Time, r.Run.Account, r.Run.Offline, r.Run.Endpoints = was.Time, was.Account, was.Offline, was.Endpoints
	r.Run.Region, r.Run.Partition = was.Region, was.Partition
	return preflight.Replay(ctx, recorded, r)
}

// agrees refuses a flag that says another of what the facts were recorded for.
func (i Flags) agrees(region string, was checks.Run) error {
	role := was.DeploymentRole
	if i.noDeploymentRole {
		i.DeploymentRole = ""
	}
	for _, c := range []struct {
		flag, given, recorded string
		said                  bool
	}{
		{"region", region, was.Region, region != ""},
		{"partition", i.partition, was.Partition, i.partition != ""},
		// An offline recording holds nothing of a stack.
		{"stack-name", i.StackName, was.StackName, i.StackName != "" && !(was.Offline && was.StackName == "")},
		{"no-deployment-role", "", role, i.noDeploymentRole},
		{"deployment-role", i.DeploymentRole, role, !i.noDeploymentRole && i.said("deployment-role")},
	} {
		if !c.said || c.given == c.recorded {
			continue
		}
		name := "--" + c.flag
		if c.given != "" {
			name += " " + c.given
		}
		recorded := "with " + c.recorded
		if c.recorded == "" {
			recorded = "without one"
		}
		return session.Usage(fmt.Errorf("%s: the facts were recorded %s; record them again with `panther-preflight collect`", name, recorded))
	}
	return nil
}

// keep takes from the recording what the flags leave open, so that one flag
// beside --facts changes what it says and nothing else.
func (i *Flags) keep(f *checks.Facts) error {
	was := f.Run
	if i.Template == "" && i.releaseDir == "" {
		if was.TemplateURL != "" {
			return session.Usage(fmt.Errorf("the release was read from %s, and a replay makes no call: give the downloaded one with --template or --release-dir", was.TemplateURL))
		}
		i.Template, i.Release = was.Template, session.First(i.Release, was.Release)
	}
	phaseKnown := !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return checks.Overlap(g.Fact, "run.phase") })
	if i.from == "" && i.FromTemplate == "" {
		i.from = was.From
		if i.phase == "" && phaseKnown {
			i.phase = was.Phase
		}
	}
	i.StackName = session.First(i.StackName, was.StackName)
	i.organizationID = session.First(i.organizationID, was.OrganizationID)
	i.DeploymentRole, i.noDeploymentRole = was.DeploymentRole, was.DeploymentRole == ""
	return nil
}

// givenIn are the parameter values of the recording. One that it does not hold,
// because it is a secret, has to be given again.
func givenIn(f *checks.Facts, again []parameters.Given) ([]parameters.Given, error) {
	var given []parameters.Given
	for _, p := range f.Parameters {
		if !p.Given {
			continue
		}
		g := parameters.Given{Name: p.Name, Value: p.Value, UsePrevious: p.Origin == checks.OriginPrevious, File: p.File, Line: p.Line, Column: p.Column}
		anew := slices.ContainsFunc(again, func(g parameters.Given) bool { return g.Name == p.Name })
		if !p.Known && !g.UsePrevious && !anew {
			return nil, session.Usage(fmt.Errorf("the recording does not hold the value of the parameter %s: give it with --parameters or -p", p.Name))
		}
		given = append(given, g)
	}
	return given, nil
}

// said reports whether a flag is set, by the command line or a configuration.
func (i Flags) said(flag string) bool {
	if i.registered == nil {
		return false
	}
	f := i.registered.Lookup(flag)
	return f != nil && (f.Changed || f.Value.String() != f.DefValue)
}

// anew says that the flags name something to read, not only facts to replay.
func (i Flags) anew() bool {
	return i.Template != "" || i.releaseDir != "" || i.Parameters != "" || len(i.Values) > 0 ||
		i.FromTemplate != "" || i.FromParameters != "" || i.Release != "" || i.from != "" || i.phase != "" || i.StackName != "" ||
		i.account != "" || i.organizationID != "" || len(i.stackTags) > 0 || i.scpDir != "" || len(i.rolePolicies) > 0
}
