package carry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// conflicts are why the manifest could not be written at the end, as far as
// that can be told before anything is written: one stands there that proves
// nothing, or that records other bytes than are carried.
func (j Job) conflicts(ctx context.Context, p *prepared) ([]string, error) {
	if j.Overwrite {
		return nil, nil
	}
	key := j.Version.Manifest()
	text, err := source{store: j.To.Store, index: p.to, most: release.MaxManifest}.Read(ctx, key)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, s3copy.ErrDenied):
		return nil, nil // one that may not be read is a fault when it is written
	case errors.Is(err, s3copy.ErrCorrupt):
		return []string{fmt.Sprintf("the manifest in %s: %v", j.To.Name, err)}, nil
	case err != nil:
		return nil, err
	}
	before, err := release.ParseManifest(text, j.Version)
	if err != nil {
		return []string{fmt.Sprintf("another manifest stands in %s: %v", j.To.Name, err)}, nil
	}
	mine := map[string]string{}
	for _, op := range p.all() {
		mine[op.Object.Key] = op.Object.SHA256
		if op.Action == s3copy.Skip {
			mine[op.Object.Key] = p.there[op.Object.Key].SHA256
		}
	}
	var problems []string
	for _, o := range before.Objects {
		switch sha, carried := mine[o.Key]; {
		case !carried:
			problems = append(problems, fmt.Sprintf("%s: the manifest in %s records it, and this release does not have it", s3copy.Quoted(o.Key), j.To.Name))
		case sha != "" && sha != o.SHA256:
			problems = append(problems, fmt.Sprintf("%s: the manifest in %s records other bytes", s3copy.Quoted(o.Key), j.To.Name))
		}
	}
	return problems, nil
}
