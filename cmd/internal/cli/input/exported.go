package input

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam/scpdir"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// exported reads the policies that the operator exported.
func (i Flags) exported(ctx context.Context) (preflight.Policies, error) {
	p := preflight.Policies{}
	if i.scpDir != "" {
		levels, err := LoadSCPDir(ctx, i.scpDir)
		if err != nil {
			return p, session.Usage(err)
		}
		if i.organizationID != "" && levels.Organization != "" && levels.Organization != i.organizationID {
			return p, session.Usage(fmt.Errorf("--organization-id %s: the policies in %s are of organization %s", i.organizationID, i.scpDir, levels.Organization))
		}
		p.Organization, p.Folder = &levels, i.scpDir
	}
	if len(i.rolePolicies) > 0 {
		name := i.DeploymentRole
		if i.noDeploymentRole {
			name = ""
		}
		role, err := loadRole(ctx, i, name)
		if err != nil {
			return p, session.Usage(fmt.Errorf("--deployment-role-policy: %w", err))
		}
		p.Role = role
	}
	return p, nil
}

// loadRole reads the files, and those of folders, that are the own policies of
// the role that deploys.
func loadRole(ctx context.Context, i Flags, role string) (*rolefile.Role, error) {
	out := &rolefile.Role{}
	for _, name := range i.rolePolicies {
		files, err := policyFiles(ctx, name)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			text, err := session.ReadInput(ctx, file, i.Wait)
			if err != nil {
				return nil, err
			}
			if err := out.Add(file, text, role); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// policyFiles are the files of a folder, each of which is read or refused, or the
// one file that is named.
func policyFiles(ctx context.Context, name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	folder, err := session.InputFolder(ctx, name)
	if err != nil {
		return nil, err
	}
	files, folders, err := scpdir.List(folder, ".")
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	case len(folders) > 0:
		return nil, fmt.Errorf("%s is a folder: the policies of a role are files beside each other", filepath.Join(name, folders[0]))
	case len(files) == 0:
		return nil, fmt.Errorf("%s holds no file", name)
	}
	for i, file := range files {
		files[i] = filepath.Join(name, file)
	}
	return files, nil
}

// LoadSCPDir reads --scp-dir.
func LoadSCPDir(ctx context.Context, dir string) (scpdir.Levels, error) {
	folder, err := session.InputFolder(ctx, dir)
	if err != nil {
		return scpdir.Levels{}, fmt.Errorf("--scp-dir: %w", err)
	}
	levels, err := scpdir.Load(folder)
	if err != nil {
		return scpdir.Levels{}, fmt.Errorf("--scp-dir %s: %w", dir, err)
	}
	return levels, nil
}
