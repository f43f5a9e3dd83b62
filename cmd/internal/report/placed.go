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

// locate finds the place of a finding in the repository. One whose file lies
// elsewhere keeps the name that the finding gives it, where that is relative;
// one that has no place of its own stands at the anchor.
func (o Options) locate(f checks.Finding) placed {
	if o.Repository != nil {
		if file, ok := o.Repository.Path(f.File); ok {
			return placed{file, f.Line, f.Column}
		}
	}
	if file, ok := relative(f.File); ok {
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

// fallback is the file for a format that takes no finding without one, where
// neither the finding nor the repository has any: what would configure the run.
const fallback = ".panther-preflight.yml"

// orFallback is a place in a file, whatever happens.
func (p placed) orFallback() placed {
	if p.file == "" {
		p.file = fallback
	}
	return p
}

func relative(file string) (string, bool) {
	if file == "" || path.IsAbs(file) || strings.ContainsAny(file, `\`) || strings.Contains(file, ":") {
		return "", false
	}
	file = path.Clean(file)
	return file, !strings.HasPrefix(file, "..")
}
