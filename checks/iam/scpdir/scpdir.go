// Package scpdir reads organization policies from a folder that an
// administrator exported: which policies stand at which level.
//
// It owns the layout of such a folder and the forms of a file in it. It
// reads files and nothing else, and it never passes over one: what it cannot
// read is an error that names the file.
package scpdir

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// Levels are the exported policies, one slice a level from the root to the
// account.
type Levels struct {
	SCPs [][]*iam.Policy
	RCPs [][]*iam.Policy
	// Organization is the id that the ARNs of the policies name, or empty.
	Organization string
}

// rcpFolder is the one sub-folder that is no level.
const rcpFolder = "rcp"

// Load reads a folder: one sub-folder a level, in name order, or the policies
// of a single level directly. Resource control policies stand in rcp/, laid out
// alike. A policy's name is its path inside the folder.
func Load(folder fs.FS) (Levels, error) {
	l := loader{folder: folder}
	levels, err := l.load()
	if err != nil {
		return Levels{}, err
	}
	levels.Organization = l.organization
	return levels, nil
}

// loader reads one folder, and keeps the organization that its policies name
// with the first file that does.
type loader struct {
	folder              fs.FS
	organization, first string
}

func (l *loader) load() (out Levels, err error) {
	files, folders, err := List(l.folder, ".")
	if err != nil {
		return out, err
	}
	levels := slices.DeleteFunc(slices.Clone(folders), func(name string) bool { return name == rcpFolder })
	if out.SCPs, err = l.levels(".", iam.SCP, files, levels); err != nil {
		return out, err
	}
	if len(levels) < len(folders) {
		if files, levels, err = List(l.folder, rcpFolder); err != nil {
			return out, err
		}
		if out.RCPs, err = l.levels(rcpFolder, iam.RCP, files, levels); err != nil {
			return out, err
		}
	}
	if len(out.SCPs) == 0 && len(out.RCPs) == 0 {
		return out, fmt.Errorf("the folder holds no policy: want files with one policy each, or a sub-folder of them for each level")
	}
	return out, nil
}

func (l *loader) levels(at string, kind iam.Kind, files, levels []string) ([][]*iam.Policy, error) {
	if len(files) > 0 && len(levels) > 0 {
		return nil, fmt.Errorf("%s stands beside the level %s/: a folder holds either policies or levels", path.Join(at, files[0]), levels[0])
	}
	if len(files) > 0 {
		level, err := l.level(at, kind, files)
		return [][]*iam.Policy{level}, err
	}
	var out [][]*iam.Policy
	for _, name := range levels {
		inside := path.Join(at, name)
		files, deeper, err := List(l.folder, inside)
		if err != nil {
			return nil, err
		}
		if len(deeper) > 0 {
			return nil, fmt.Errorf("%s: a level has no sub-folders", path.Join(inside, deeper[0]))
		}
		level, err := l.level(inside, kind, files)
		if err != nil {
			return nil, err
		}
		out = append(out, level)
	}
	return out, nil
}

// Policy is one exported policy.
type Policy struct {
	*iam.Policy
	arn string
}

func (l *loader) level(at string, kind iam.Kind, files []string) ([]*iam.Policy, error) {
	level := []*iam.Policy{}
	for _, name := range files {
		file := path.Join(at, name)
		text, err := fs.ReadFile(l.folder, file)
		if err != nil {
			return nil, fmt.Errorf("read a policy: %w", err)
		}
		policies, err := Parse(file, kind, text)
		if err != nil {
			return nil, err
		}
		for _, p := range policies {
			if err := l.belongs(file, p.arn); err != nil {
				return nil, err
			}
			level = append(level, p.Policy)
		}
	}
	return level, nil
}

var organizationARN = regexp.MustCompile(`^arn:[a-z-]+:organizations::\d{12}:policy/(o-[a-z0-9]{10,32})/`)

// belongs reads the organization that a policy's ARN names. Policies of AWS
// name none.
func (l *loader) belongs(file, arn string) error {
	m := organizationARN.FindStringSubmatch(arn)
	switch {
	case m == nil:
	case l.organization == "":
		l.organization, l.first = m[1], file
	case l.organization != m[1]:
		return fmt.Errorf("%s is a policy of organization %s, %s of %s: an export is of one organization", l.first, l.organization, file, m[1])
	}
	return nil
}

// noPolicies are what tools put into folders by themselves.
var noPolicies = map[string]bool{
	".DS_Store": true, "Thumbs.db": true, "desktop.ini": true, ".git": true, ".gitignore": true, ".gitkeep": true, ".gitattributes": true, ".keep": true, ".svn": true, ".hg": true,
}

// List names the policies and the folders in a folder, sorted. It leaves out what
// tools put into folders by themselves, and nothing else.
func List(folder fs.FS, at string) (files, folders []string, err error) {
	entries, err := fs.ReadDir(folder, at)
	if err != nil {
		return nil, nil, fmt.Errorf("list a folder of policies: %w", err)
	}
	for _, e := range entries {
		if noPolicies[e.Name()] {
			continue
		}
		info, err := fs.Stat(folder, path.Join(at, e.Name())) // follows links
		if err != nil {
			return nil, nil, fmt.Errorf("list a folder of policies: %w", err)
		}
		switch {
		case info.IsDir():
			folders = append(folders, e.Name())
		case !info.Mode().IsRegular():
			return nil, nil, fmt.Errorf("%s is no regular file", path.Join(at, e.Name()))
		default:
			files = append(files, e.Name())
		}
	}
	return files, folders, nil
}
