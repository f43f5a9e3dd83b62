// Command gen writes the generated documentation below the root of the
// repository, which is its argument. Run it by `make generate`.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/panther-preflight/panther-preflight/cmd/internal/reference"
)

func main() {
	if err := write(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func write(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("the root of the repository is missing")
	}
	files, err := reference.Files(os.DirFS(args[0]))
	if err != nil {
		return err
	}
	// A page of a check that is gone goes too.
	if err := os.RemoveAll(filepath.Join(args[0], filepath.FromSlash(reference.ChecksFolder))); err != nil {
		return err
	}
	for name, text := range files {
		name = filepath.Join(args[0], filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
