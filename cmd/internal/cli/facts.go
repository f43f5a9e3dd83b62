package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/derive"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// gatherFacts fills everything that the loaded checks read. The notes are what
// a reader must know about how that was done.
func (a *app) gatherFacts(ctx context.Context, c *checkFlags, e *engine.Engine) (*checks.Facts, []string, error) {
	if nothing := c.somethingToRead(); nothing != nil {
		if _, err := a.run(c.input); err != nil {
			return nil, nil, err // a flag that is wrong is the nearer cause
		}
		return nil, nil, nothing
	}
	switch {
	case c.example:
		return a.exampleFacts(ctx)
	case c.facts != "":
		return a.replay(ctx, c.facts, c.input)
	}
	live := c.live
	live.timeout = reading(live.timeout)
	return a.readFacts(ctx, c.input, live, e)
}

// somethingToRead refuses a gate that would be green because it read nothing.
// With credentials, the account and the version alone tell much.
func (c *checkFlags) somethingToRead() error {
	if c.example || c.facts != "" || c.input.templateName() != "" || c.input.release != "" && !c.input.offline {
		return nil
	}
	ways := "give --template PATH, --release-dir DIR or --facts FILE"
	if c.input.release != "" {
		return usage(fmt.Errorf("nothing to check: offline, --release alone names no file; %s", ways))
	}
	return usage(fmt.Errorf("nothing to check: %s; --example shows what a report says", ways))
}

// readFacts reads the release and, unless the run is offline, the account.
func (a *app) readFacts(ctx context.Context, in inputFlags, l liveFlags, e *engine.Engine) (*checks.Facts, []string, error) {
	run, err := a.run(in)
	if err != nil {
		return nil, nil, err
	}
	f := &checks.Facts{Run: run}
	given, err := in.given(ctx)
	if err != nil {
		return nil, nil, err
	}
	if run.Offline {
		return f, []string{assumedDeployer(run)}, a.readOffline(ctx, f, in, given)
	}
	bounded, cancel := context.WithTimeout(ctx, l.timeout)
	defer cancel()
	live, err := a.beginLive(bounded, f, in, l, derive.Sources(e.Needs()))
	if err != nil {
		return nil, nil, err
	}
	tree, err := a.readRelease(ctx, f, given, fetcher(bounded, live))
	if err != nil {
		return nil, nil, err
	}
	if f.Authorization.Untold, err = derive.Untold(f, tree); err != nil {
		return nil, nil, err
	}
	if err := live.Finish(bounded); err != nil {
		return nil, nil, err
	}
	if err := authorize(ctx, f, in, tree); err != nil {
		return nil, nil, err
	}
	notes := organizationNote(f, in)
	if live.Simulate(bounded) {
		notes = []string{collect.SimulationNote}
	}
	a.log().Info("live facts are read", "calls", live.Calls())
	return f, notes, ctx.Err()
}

func (a *app) readOffline(ctx context.Context, f *checks.Facts, in inputFlags, given []parameters.Given) error {
	leaveOutLive(f)
	tree, err := a.readRelease(ctx, f, given, nil)
	if err != nil {
		return err
	}
	return authorize(ctx, f, in, tree)
}

// leaveOutLive says that nobody asks AWS in this run.
func leaveOutLive(f *checks.Facts) {
	for _, section := range checks.LiveSections() {
		f.SetAbsent(section, "needs live facts, which --offline leaves out")
	}
}

// organizationNote says where the policies of the organization come from.
func organizationNote(f *checks.Facts, in inputFlags) []string {
	switch n := len(f.Organizations.Policies); {
	case in.scpDir != "":
		return []string{"the policies of the organization are those exported to " + in.scpDir}
	case f.Organizations.Standing == checks.OrganizationNone:
		return []string{"the account is in no organization"}
	case n > 0:
		return []string{fmt.Sprintf("the policies of the organization were read: %d on the %d levels from the root to the account, %s", n, len(f.Organizations.Levels), readBy(f))}
	}
	return nil
}

// readBy says by what right the policies of the organization were read: only
// its management account and those that it delegated to may.
func readBy(f *checks.Facts) string {
	reader := f.Organizations.Reader
	if reader == "" {
		reader = f.Run.Account
	}
	if reader == f.Organizations.ManagementAccount {
		return "by its management account"
	}
	return "by " + reader + ", a delegated administrator"
}

func assumedDeployer(run checks.Run) string {
	if run.DeploymentRole == "" {
		return "the deployer is taken to be an administrator in an unknown member account"
	}
	return fmt.Sprintf("the deployer is taken to be role/%s in an unknown member account", run.DeploymentRole)
}

// readRelease reads the entry template with everything it nests, and joins the
// parameters with it. An entry template that cannot be read is an error; one
// at a URL is a gap instead, for why it cannot be read is a check's to say. The
// tree is nil when no template was read.
func (a *app) readRelease(ctx context.Context, f *checks.Facts, given []parameters.Given, fetch fetch) (*template.Tree, error) {
	if f.Run.Template == "" || f.Run.TemplateURL != "" && fetch == nil {
		reason := "no template was given: --template or --release-dir"
		if f.Run.TemplateURL != "" {
			reason = "the template is a URL, which --offline does not read"
		}
		f.SetAbsent("declarations", reason)
		f.SetAbsent("release", reason)
		f.Parameters, _ = parameters.Join(nil, given, nil)
		return nil, nil
	}
	if f.Run.TemplateURL != "" {
		return a.fetchRelease(ctx, f, given, fetch)
	}
	source, entry, err := template.Open(ctx, f.Run.Template)
	if err != nil {
		return nil, unreadable(f.Run.Template, err)
	}
	return a.loadRelease(ctx, f, source, entry, given)
}

// loadRelease fills the facts that the templates tell.
func (a *app) loadRelease(ctx context.Context, f *checks.Facts, source template.Source, entry string, given []parameters.Given) (*template.Tree, error) {
	tree, err := template.Load(ctx, source, entry, template.Options{
		Parameters: values(given, previousValues(f)), Region: f.Run.Region, Partition: f.Run.Partition,
		Account: f.Run.Account, StackName: f.Run.StackName,
	})
	if err != nil {
		return nil, err
	}
	f.Parameters, f.Declarations = parameters.Join(declared(tree.Parameters()), given, previousValues(f))
	f.Release = tree.Facts()
	return tree, nil
}

func unreadable(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("no such file or folder: %s", name)
	}
	return usage(fmt.Errorf("--template: %w", err))
}

// values are the parameter values that the templates are resolved with. One
// that keeps its previous value has it where the deployed stack was read.
func values(given []parameters.Given, previous map[string]string) map[string]template.ParameterValue {
	all := map[string]template.ParameterValue{}
	for _, g := range given {
		v := template.ParameterValue{Text: g.Value, Previous: g.UsePrevious}
		if before, known := previous[g.Name]; g.UsePrevious && known {
			v.Text, v.Known = before, true
		}
		all[g.Name] = v
	}
	return all
}

func declared(ps []template.Parameter) []parameters.Declared {
	all := make([]parameters.Declared, len(ps))
	for i, p := range ps {
		all[i] = parameters.Declared{
			Name: p.Name, Type: p.Type, NoEcho: p.NoEcho, Default: p.Default, Pattern: p.AllowedPattern,
			Allowed: p.AllowedValues, MinValue: p.MinValue, MaxValue: p.MaxValue,
			MinLength: p.MinLength, MaxLength: p.MaxLength, Description: p.ConstraintDescription, About: p.Description,
			File: p.At.File, Line: p.At.Line, Column: p.At.Column,
		}
	}
	return all
}
