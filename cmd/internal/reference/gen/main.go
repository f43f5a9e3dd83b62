// Command gen writes the generated documentation. Run it from the root of the
// repository.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/panther-preflight/panther-preflight/cmd/internal/reference"
)

func main() {
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func write() error {
	files, err := reference.Files()
	if err != nil {
		return err
	}
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
