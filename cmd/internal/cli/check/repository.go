package check

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// repository finds the files of findings from the root of the repository that
// the program runs in. Findings name parameter files as the operator did, and
// templates by their place below the folder of the entry template.
type repository struct {
	root    string
	folders []string
	anchors []string
}

func repositoryOf(a *session.Session, i input.Flags) repository {
	here, err := os.Getwd()
	if err != nil {
		return repository{}
	}
	r := repository{root: repositoryRoot(here, a.Getenv("GITHUB_WORKSPACE")), anchors: []string{i.Parameters}}
	if template := i.TemplateName(); template != "" && !strings.Contains(template, "://") {
		folder := filepath.Dir(template)
		if info, err := os.Stat(template); err == nil && info.IsDir() {
			folder = template
		} else {
			r.anchors = append(r.anchors, template)
		}
		r.folders = []string{folder, filepath.Dir(folder)}
	}
	r.folders = append(r.folders, here)
	return r
}

// repositoryRoot is the workspace of GitHub Actions where the program runs
// inside it, else the nearest folder with a .git, else where it runs.
func repositoryRoot(here, workspace string) string {
	if _, ok := below(workspace, here); workspace != "" && ok {
		return workspace
	}
	for folder := here; ; folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, ".git")); err == nil {
			return folder
		}
		if folder == filepath.Dir(folder) {
			return here
		}
	}
}

// Path is the place of a finding's file in the repository.
func (r repository) Path(file string) (string, bool) {
	if file == "" || strings.Contains(file, "://") || r.root == "" {
		return "", false
	}
	if filepath.IsAbs(file) {
		return r.existing(file)
	}
	for _, folder := range r.folders {
		if path, ok := r.existing(filepath.Join(folder, filepath.FromSlash(file))); ok {
			return path, true
		}
	}
	return "", false
}

// Anchor is the first of the inputs that lies in the repository.
func (r repository) Anchor() string {
	for _, file := range r.anchors {
		if path, ok := r.existing(file); ok {
			return path
		}
	}
	return ""
}

func (r repository) existing(file string) (string, bool) {
	if info, err := os.Stat(file); file == "" || err != nil || info.IsDir() {
		return "", false
	}
	return below(r.root, file)
}

// below is the path of a file inside a folder, with slashes.
func below(folder, file string) (string, bool) {
	from, err1 := filepath.Abs(folder)
	to, err2 := filepath.Abs(file)
	if err1 != nil || err2 != nil {
		return "", false
	}
	relative, err := filepath.Rel(from, to)
	if err != nil || !filepath.IsLocal(relative) {
		return "", false
	}
	return filepath.ToSlash(relative), true
}
