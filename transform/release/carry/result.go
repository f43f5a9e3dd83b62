package carry

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// Result is what a journey came to, as it is printed in JSON.
type Result struct {
	Release     release.Version   `json:"release"`
	Source      string            `json:"source"`
	Destination string            `json:"destination"`
	Objects     []Outcome         `json:"objects"`
	Missing     []release.Absence `json:"missing"`
	Images      []Image           `json:"images"`
	Transform   any               `json:"transform,omitempty"`
	Warnings    []string          `json:"warnings"`
	Problems    []string          `json:"problems"`
	// LeftOut are the files under the version that are no part of the release.
	LeftOut  []string `json:"left_out"`
	ExitCode int      `json:"exit_code"`

	untold bool // whether something that a deployment needs is there
}

// foreign says what a bucket holds that is none of the release's. Where a
// deployment fails without it, whether the release is whole is not known.
func (r *Result) foreign(ref release.Reference) {
	if !ref.Slot {
		r.Warnings = append(r.Warnings, fmt.Sprintf("%s: %s is another bucket's and is not carried", ref.At, ref.Text))
		return
	}
	r.untold = true
	r.Warnings = append(r.Warnings, fmt.Sprintf("%s: whether %s is there could not be determined: its bucket is none of the release's (--source-bucket says that it is)", ref.At, ref.Text))
}

// Outcome is what became of one object: copied, skipped, failed, refused or
// planned, and why.
type Outcome struct {
	Key    string `json:"key"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Kind   string `json:"kind"`
	State  string `json:"outcome"`
	Reason string `json:"reason"`
}

// Image is a container image that S3 cannot carry, with the commands that do.
type Image struct {
	URI          string   `json:"uri"`
	ReferencedBy string   `json:"referenced_by"`
	Commands     []string `json:"commands"`
}

// The exit codes of a journey.
const (
	exitOK      = 0
	exitNo      = 1
	exitUnknown = 3
)

func newResult(v release.Version, from, to string) *Result {
	return &Result{
		Release: v, Source: from, Destination: to,
		Objects: []Outcome{}, Missing: []release.Absence{}, Images: []Image{}, Warnings: []string{}, Problems: []string{}, LeftOut: []string{},
	}
}

func (r *Result) add(kind release.Kind, o s3copy.Object, state s3copy.State, reason string) {
	r.Objects = append(r.Objects, Outcome{Key: o.Key, Size: o.Size, SHA256: o.SHA256, Kind: string(kind), State: string(state), Reason: reason})
	if state == s3copy.Failed || state == s3copy.Barred {
		r.ExitCode = exitNo
	}
}

// finish orders the result, so that the same journey gives the same bytes.
func (r *Result) finish() *Result {
	slices.SortFunc(r.Objects, func(a, b Outcome) int { return cmp.Compare(a.Key, b.Key) })
	if len(r.Missing)+len(r.Problems) > 0 {
		r.ExitCode = exitNo
	}
	if r.ExitCode == exitOK && r.untold {
		r.ExitCode = exitUnknown
	}
	return r
}

// Count is how many objects ended in a state, and their bytes.
func (r *Result) Count(state s3copy.State) (objects int, bytes int64) {
	for _, o := range r.Objects {
		if o.State == string(state) {
			objects++
			bytes += o.Size
		}
	}
	return objects, bytes
}
