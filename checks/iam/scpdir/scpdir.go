// Package scpdir reads organization policies from a folder that an
// administrator exported: which policies stand at which level.
//
// It owns the layout of such a folder and the two forms of a file in it. It
// reads files and nothing else, and it never passes over one: what it cannot
// read is an error that names the file.
package scpdir

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// Levels are the exported policies, one slice a level from the root to the
// account.
type Levels struct {
	SCPs [][]*iam.Policy
	RCPs [][]*iam.Policy
}

// rcpFolder is the one sub-folder that is no level.
const rcpFolder = "rcp"

// Load reads a folder: one sub-folder a level, in name order, or the policies
// of a single level directly. Resource control policies stand in rcp/, laid out
// alike. A policy's name is its path inside the folder.
func Load(folder fs.FS) (Levels, error) {
	var l Levels
	files, folders, err := list(folder, ".")
	if err != nil {
		return l, err
	}
	levels := make([]string, 0, len(folders))
	hasRCPs := false
	for _, f := range folders {
		if f == rcpFolder {
			hasRCPs = true
		} else {
			levels = append(levels, f)
		}
	}
	if l.SCPs, err = loadLevels(folder, ".", iam.SCP, files, levels); err != nil {
		return Levels{}, err
	}
	if hasRCPs {
		if files, levels, err = list(folder, rcpFolder); err != nil {
			return Levels{}, err
		}
		if l.RCPs, err = loadLevels(folder, rcpFolder, iam.RCP, files, levels); err != nil {
			return Levels{}, err
		}
	}
	if len(l.SCPs) == 0 && len(l.RCPs) == 0 {
		return Levels{}, fmt.Errorf("the folder holds no policy: want *.json files, or a sub-folder of them for each level")
	}
	return l, nil
}

func loadLevels(folder fs.FS, at string, kind iam.Kind, files, levels []string) ([][]*iam.Policy, error) {
	if len(files) > 0 && len(levels) > 0 {
		return nil, fmt.Errorf("%s stands beside the level %s/: a folder holds either policies or levels", path.Join(at, files[0]), levels[0])
	}
	if len(files) > 0 {
		level, err := loadLevel(folder, at, kind, files)
		return [][]*iam.Policy{level}, err
	}
	var out [][]*iam.Policy
	for _, name := range levels {
		inside := path.Join(at, name)
		files, deeper, err := list(folder, inside)
		if err != nil {
			return nil, err
		}
		if len(deeper) > 0 {
			return nil, fmt.Errorf("%s: a level has no sub-folders", path.Join(inside, deeper[0]))
		}
		level, err := loadLevel(folder, inside, kind, files)
		if err != nil {
			return nil, err
		}
		out = append(out, level)
	}
	return out, nil
}

func loadLevel(folder fs.FS, at string, kind iam.Kind, files []string) ([]*iam.Policy, error) {
	level := []*iam.Policy{}
	for _, name := range files {
		file := path.Join(at, name)
		text, err := fs.ReadFile(folder, file)
		if err != nil {
			return nil, fmt.Errorf("read a policy: %w", err)
		}
		policy, err := Parse(file, kind, text)
		if err != nil {
			return nil, err
		}
		level = append(level, policy)
	}
	return level, nil
}

// list names the policies and the folders in a folder, sorted. Hidden entries
// and files that are not *.json are no policies.
func list(folder fs.FS, at string) (files, folders []string, err error) {
	entries, err := fs.ReadDir(folder, at)
	if err != nil {
		return nil, nil, fmt.Errorf("list a folder of policies: %w", err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		info, err := fs.Stat(folder, path.Join(at, e.Name())) // follows links
		if err != nil {
			return nil, nil, fmt.Errorf("list a folder of policies: %w", err)
		}
		switch {
		case info.IsDir():
			folders = append(folders, e.Name())
		case !strings.EqualFold(path.Ext(e.Name()), ".json"):
		case !info.Mode().IsRegular():
			return nil, nil, fmt.Errorf("%s is no regular file", path.Join(at, e.Name()))
		default:
			files = append(files, e.Name())
		}
	}
	return files, folders, nil
}
