package simulate

import (
	"context"
	"errors"

	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// policies reads the files that the flags name.
func (s simulateFlags) policies(ctx context.Context) (*iam.Policies, error) {
	if s.scpDir == "" && len(s.identity)+len(s.boundaries) == 0 {
		return nil, errors.New("no policy to evaluate: give --scp-dir, --identity-policy or --boundary")
	}
	p := &iam.Policies{Administrator: len(s.identity) == 0, ResourceUnread: s.single.CrossAccount()}
	if s.scpDir != "" {
		levels, err := input.LoadSCPDir(ctx, s.scpDir)
		if err != nil {
			return nil, err
		}
		p.SCPs, p.RCPs = levels.SCPs, levels.RCPs
	}
	var err error
	if p.Identity, err = readPolicies(ctx, iam.Identity, s.identity); err != nil {
		return nil, err
	}
	p.Boundary, err = readPolicies(ctx, iam.Boundary, s.boundaries)
	return p, err
}

func readPolicies(ctx context.Context, kind iam.Kind, files []string) ([]*iam.Policy, error) {
	var out []*iam.Policy
	for _, file := range files {
		text, err := session.ReadInput(ctx, file, 0)
		if err != nil {
			return nil, err
		}
		policy, err := iam.Parse(file, kind, text)
		if err != nil {
			return nil, err
		}
		out = append(out, policy)
	}
	return out, nil
}
