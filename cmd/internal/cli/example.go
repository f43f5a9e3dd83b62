package cli

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/recording"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/cmd/internal/example"
)

// exampleFacts are those of the embedded release. No file and no AWS account
// is read, and the clock is the recording's.
func (a *app) exampleFacts(ctx context.Context) (*checks.Facts, []string, error) {
	text, err := fs.ReadFile(example.Files, "params.json")
	if err != nil {
		return nil, nil, fmt.Errorf("read the example: %w", err)
	}
	given, err := parameters.Parse("params.json", text)
	if err != nil {
		return nil, nil, err
	}
	release, err := fs.Sub(example.Files, "release")
	if err != nil {
		return nil, nil, fmt.Errorf("read the example: %w", err)
	}
	f := &checks.Facts{Run: checks.Run{
		Time: example.Time, Phase: checks.Install, Region: example.Region, Partition: "aws",
		StackName: example.StackName, Release: example.Release, Template: "root.yml",
		EntryKind: checks.EntryBackend, DeploymentRole: defaultRole, Offline: true,
	}}
	if err := a.recordedExample(f); err != nil {
		return nil, nil, err
	}
	tree, err := a.loadRelease(ctx, f, template.Source{Files: release}, "root.yml", given)
	if err != nil {
		return nil, nil, err
	}
	err = authorize(ctx, f, inputFlags{}, tree)
	return f, []string{"this is the embedded example: nothing of yours was read"}, err
}

// recordedExample fills the live facts from the embedded recording.
func (a *app) recordedExample(f *checks.Facts) error {
	text, err := fs.ReadFile(example.Files, "facts.json")
	if err != nil {
		return fmt.Errorf("read the example: %w", err)
	}
	r, err := recording.Read("facts.json", text)
	if err != nil {
		return fmt.Errorf("read the example: %w", err)
	}
	f.Run.Account = r.Account
	a.recorded = &checks.Recorded{File: "the embedded example", Time: f.Run.Time, Tool: r.Tool, Account: r.Account}
	copyLive(f, r.Restore())
	return nil
}
