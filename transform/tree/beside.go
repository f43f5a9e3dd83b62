package tree

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// mostBeside is how many files beside a release are looked at: a release lies in
// a folder of templates, not at the root of a disk.
const mostBeside = 1000

// beside are the templates with imports that lie with those of the release and
// are no part of it: in the folder that was named, or beside the file.
func (l *loader) beside(below bool) map[string][]byte {
	out := map[string][]byte{}
	looked := 0
	// What cannot be listed or read is no part of the release: nothing is said of it.
	_ = fs.WalkDir(l.folder, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case name != "." && d.IsDir() && (!below || strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case l.files[name] != nil || !d.Type().IsRegular() || !slices.Contains(endings, path.Ext(name)):
			return nil
		}
		if looked++; looked > mostBeside {
			return fs.SkipAll
		}
		if body, err := l.folder.ReadFile(name); err == nil && bytes.Contains(body, []byte("ImportValue")) {
			out[name] = body
		}
		return nil
	})
	return out
}

// endings are those of files that hold templates.
var endings = []string{".yml", ".yaml", ".json", ".template"}
