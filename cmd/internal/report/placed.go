package report

import (
	"path"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// placed is where a finding stands in the repository. File is empty when
// there is no file to show it at; Line is zero when the whole file is meant.
type placed struct {
	file         string
	line, column int
}

// locate finds the place of a finding in the repository. One that has no place
// of its own, or one outside, stands at the anchor.
func (o Options) locate(f checks.Finding) placed {
	if file, ok := o.path(f.File); ok {
		return placed{file, f.Line, f.Column}
	}
	return o.anchor()
}

func (o Options) anchor() placed {
	if o.Repository == nil {
		return placed{}
	}
	return placed{file: o.Repository.Anchor()}
}

func (o Options) path(file string) (string, bool) {
	if file == "" {
		return "", false
	}
	if o.Repository != nil {
		return o.Repository.Path(file)
	}
	outside := path.IsAbs(file) || strings.Contains(file, "://") || strings.Contains(file, `\`) || strings.HasPrefix(path.Clean(file), "..")
	return path.Clean(file), !outside
}
