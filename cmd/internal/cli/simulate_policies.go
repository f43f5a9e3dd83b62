package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/iam/scpdir"
)

// policies reads the files that the flags name.
func (s simulateFlags) policies() (*iam.Policies, error) {
	if s.scpDir == "" && len(s.identity)+len(s.boundaries) == 0 {
		return nil, errors.New("no policy to evaluate: give --scp-dir, --identity-policy or --boundary")
	}
	p := &iam.Policies{Administrator: len(s.identity) == 0, ResourceUnread: s.single.CrossAccount()}
	if s.scpDir != "" {
		levels, err := loadSCPDir(s.scpDir)
		if err != nil {
			return nil, err
		}
		p.SCPs, p.RCPs = levels.SCPs, levels.RCPs
	}
	var err error
	if p.Identity, err = readPolicies(iam.Identity, s.identity); err != nil {
		return nil, err
	}
	p.Boundary, err = readPolicies(iam.Boundary, s.boundaries)
	return p, err
}

// loadSCPDir reads --scp-dir.
func loadSCPDir(dir string) (scpdir.Levels, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return scpdir.Levels{}, fmt.Errorf("--scp-dir: %w", err)
	}
	if !info.IsDir() {
		return scpdir.Levels{}, fmt.Errorf("--scp-dir %s: not a folder", dir)
	}
	levels, err := scpdir.Load(os.DirFS(dir))
	if err != nil {
		return scpdir.Levels{}, fmt.Errorf("--scp-dir %s: %w", dir, err)
	}
	return levels, nil
}

func readPolicies(kind iam.Kind, files []string) ([]*iam.Policy, error) {
	var out []*iam.Policy
	for _, file := range files {
		text, err := os.ReadFile(file)
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
