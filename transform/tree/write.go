package tree

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/panther-preflight/panther-preflight/internal/outputfile"
	"github.com/panther-preflight/panther-preflight/transform"
)

// Write writes the templates of a result below out, all of them or none.
func Write(out string, r *transform.Result) error {
	if r.Error != nil {
		return fmt.Errorf("nothing is written: %w", r.Error)
	}
	files := make([]outputfile.File, len(r.Templates))
	for i, t := range r.Templates {
		files[i] = outputfile.File{Name: t.To, Text: t.Body, Mode: outputfile.Public}
	}
	return outputfile.WriteAll(out, files)
}

// SamePlace tells whether out is in, or the folder of it: writing there would
// overwrite what is read.
func SamePlace(in, out string) bool {
	folder := in
	if info, err := os.Stat(in); err == nil && !info.IsDir() {
		folder = filepath.Dir(in)
	}
	from, errFrom := os.Stat(folder)
	to, errTo := os.Stat(out)
	return errFrom == nil && errTo == nil && os.SameFile(from, to)
}
