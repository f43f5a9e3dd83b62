package input

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/recording"
	"github.com/panther-preflight/panther-preflight/cmd/internal/example"
)

// Example are the facts of the embedded release, judged with the policies that
// the flags name, if any. No other file and no AWS account is read, and the
// clock is the recording's.
func Example(ctx context.Context, in Flags) (*preflight.Gathered, error) {
	policies, err := in.exported(ctx)
	if err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(example.Files, "params.json")
	if err != nil {
		return nil, fmt.Errorf("read the example: %w", err)
	}
	given, err := parameters.Parse("params.json", text)
	if err != nil {
		return nil, err
	}
	release, err := fs.Sub(example.Files, "release")
	if err != nil {
		return nil, fmt.Errorf("read the example: %w", err)
	}
	recorded, account, err := recordedExample()
	if err != nil {
		return nil, err
	}
	if policies.Organization != nil || policies.Role != nil {
		recorded.Notes = []string{"this is the embedded example: of yours, only the exported policies were read"}
	}
	return preflight.Replay(ctx, recorded, preflight.Request{
		Run: checks.Run{
			Time: example.Time, Phase: checks.Install, Region: example.Region, Partition: "aws", Account: account,
			StackName: example.StackName, Release: example.Release, Template: "root.yml",
			EntryKind: checks.EntryBackend, DeploymentRole: DefaultRole, Offline: true,
		},
		PhaseStated: true, FromStated: true,
		Template: preflight.Template{Files: release, Entry: "root.yml"}, Parameters: given, Policies: policies,
	})
}

// recordedExample are the live facts of the embedded recording, and whose they
// are.
func recordedExample() (*preflight.Gathered, string, error) {
	text, err := fs.ReadFile(example.Files, "facts.json")
	if err != nil {
		return nil, "", fmt.Errorf("read the example: %w", err)
	}
	r, err := recording.Read("facts.json", text)
	if err != nil {
		return nil, "", fmt.Errorf("read the example: %w", err)
	}
	g := preflight.Recorded("the embedded example", r)
	g.Recorded.Time = example.Time
	g.Recorded.Account = r.Account
	g.Notes = []string{"this is the embedded example: nothing of yours was read"}
	return g, r.Account, nil
}
