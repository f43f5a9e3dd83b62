package template

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/inputfile"
)

// entryNames are the entry templates looked for in a folder, in this order.
var entryNames = []string{"root.yml", "panther.yml", "proxy_panther.yml"}

// versionFolder is the folder of a release's entry template, which lies beside
// the assets: D/v1.16.0/panther.yml and D/<key>.
var versionFolder = regexp.MustCompile(`^v\d+\.\d+\.\d+`)

// Open finds the entry template of a local file or folder, and the source of
// everything that it reaches. Nothing outside the folder is ever opened.
func Open(ctx context.Context, name string) (Source, string, error) {
	file, err := entryFile(name)
	if err != nil {
		return Source{}, "", err
	}
	// The operator may name a link; only what templates name is held inside.
	if file, err = filepath.EvalSymlinks(file); err == nil {
		file, err = filepath.Abs(file)
	}
	if err != nil {
		return Source{}, "", fmt.Errorf("open %s: %w", name, err)
	}
	folder, entry := filepath.Split(file)
	folder = filepath.Clean(folder)
	if versionFolder.MatchString(filepath.Base(folder)) {
		entry = filepath.Base(folder) + "/" + entry
		folder = filepath.Dir(folder)
	}
	files, err := inputfile.Within(ctx, folder, yamldoc.MaxBytes)
	if err != nil {
		return Source{}, "", fmt.Errorf("open %s: %w", name, err)
	}
	return Source{Files: files}, entry, nil
}

func entryFile(name string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", err
	}
	if info.Mode().IsRegular() {
		return name, nil
	}
	if !info.IsDir() {
		return "", fmt.Errorf("%s is neither a file nor a folder", name)
	}
	for _, entry := range entryNames {
		candidate := filepath.Join(name, entry)
		if _, err := os.Stat(candidate); err == nil {
			return candidate, nil
		} else if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return "", fmt.Errorf("no entry template in %s: one of root.yml, panther.yml and proxy_panther.yml is looked for", name)
}
