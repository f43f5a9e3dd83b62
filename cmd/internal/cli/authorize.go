package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// authorize fills the facts about who may do what. It comes last, because it
// judges by what the other facts hold where no files were given.
func authorize(ctx context.Context, f *checks.Facts, i inputFlags, tree *template.Tree) error {
	derive.BucketAccess(f)
	in := derive.Input{Tree: tree}
	if i.scpDir != "" {
		levels, err := loadSCPDir(ctx, i.scpDir)
		if err != nil {
			return usage(err)
		}
		in.SCPs, in.RCPs, in.Exported = levels.SCPs, levels.RCPs, true
	}
	if len(i.rolePolicies) > 0 {
		role, err := loadRole(ctx, i, f.Run.DeploymentRole)
		if err != nil {
			return usage(fmt.Errorf("--deployment-role-policy: %w", err))
		}
		in.Role = role
	}
	if err := derive.Fill(f, in); err != nil {
		return err
	}
	d, err := readAccountData()
	if err != nil {
		return err
	}
	derive.ServiceLinked(f, in, d.serviceLinked())
	return nil
}

// loadRole reads the files, and the *.json of folders, that are the deployer's
// own policies.
func loadRole(ctx context.Context, i inputFlags, role string) (*rolefile.Role, error) {
	out := &rolefile.Role{}
	for _, name := range i.rolePolicies {
		files, err := policyFiles(ctx, name)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			text, err := readInput(ctx, file, i.wait)
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

func policyFiles(ctx context.Context, name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	folder, err := inputFolder(ctx, name)
	if err != nil {
		return nil, err
	}
	entries, err := folder.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) != ".json" {
			continue
		}
		file := filepath.Join(name, e.Name())
		if info, err := folder.Stat(e.Name()); err != nil {
			return nil, err
		} else if !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s is no regular file", file)
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s holds no *.json", name)
	}
	slices.Sort(files)
	return files, nil
}
