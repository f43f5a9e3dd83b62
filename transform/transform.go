package transform

import (
	"errors"
	"sort"

	"github.com/panther-preflight/panther-preflight/transform/findings"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/prove"
	"github.com/panther-preflight/panther-preflight/transform/remove"
	"github.com/panther-preflight/panther-preflight/transform/rewrite"
)

// Run transforms a release. An error means that the input cannot be read or the
// options make no sense. A result with an Error means that the release cannot
// be transformed as it is; it has no templates then.
func Run(release plan.Release, options plan.Options) (*plan.Result, error) {
	m, err := plan.Load(release, options)
	if err != nil {
		return nil, err
	}
	d := plan.NewDraft()
	removed, err := decideAll(m, d)
	if err != nil {
		return stopped(d, removed, err)
	}
	out, err := emit(m, d)
	if err != nil {
		return stopped(d, removed, err)
	}
	if err := prove.Result(m, out, replan); err != nil {
		return stopped(d, removed, err)
	}
	found := findings.Scan(m, d, out)
	r := report(d, removed)
	r.Findings = append(r.Findings, found...)
	for _, e := range out {
		r.Templates = append(r.Templates, e.Written())
	}
	order(r)
	return r, nil
}

// decideAll plans every edit without making one.
func decideAll(m *plan.Model, d *plan.Draft) ([]plan.Removal, error) {
	removals, err := remove.Run(m, d)
	if err != nil {
		return removals.Removed, err
	}
	if err := d.Stop(m.Options.Strict); err != nil {
		return removals.Removed, err
	}
	if err := prove.Grants(m, d, removals.Lost); err != nil {
		return removals.Removed, err
	}
	rewrite.Run(m, d)
	return removals.Removed, nil
}

// replan plans the edits of a result, which must have none.
func replan(m *plan.Model) (*plan.Draft, error) {
	d := plan.NewDraft()
	_, err := decideAll(m, d)
	return d, err
}

// stopped turns a reason to stop into a result without templates. What was
// planned stays in it, so that the reader sees how it came to that.
func stopped(d *plan.Draft, removed []plan.Removal, err error) (*plan.Result, error) {
	var stop *plan.Error
	if !errors.As(err, &stop) {
		return nil, err
	}
	r := report(d, removed)
	r.Error = stop
	order(r)
	return r, nil
}

// report is the result as far as the edits go. Its lists are never null.
func report(d *plan.Draft, removed []plan.Removal) *plan.Result {
	return &plan.Result{
		Changes:   d.Changes(),
		Removed:   append([]plan.Removal{}, removed...),
		Rewritten: append([]plan.Rewrite{}, d.Rewritten...),
		Warnings:  append([]plan.Warning{}, d.Warnings...),
		Findings:  []plan.Finding{},
		Templates: []plan.Written{},
	}
}

// order sorts a result by place.
func order(r *plan.Result) {
	byPlace := func(fileA, fileB string, lineA, lineB int, a, b string) bool {
		switch {
		case fileA != fileB:
			return fileA < fileB
		case lineA != lineB:
			return lineA < lineB
		}
		return a < b
	}
	sort.SliceStable(r.Changes, func(i, j int) bool {
		a, b := r.Changes[i], r.Changes[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Path, b.Path)
	})
	sort.SliceStable(r.Findings, func(i, j int) bool {
		a, b := r.Findings[i], r.Findings[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Subject, b.Subject)
	})
	sort.SliceStable(r.Warnings, func(i, j int) bool {
		a, b := r.Warnings[i], r.Warnings[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Message, b.Message)
	})
	sort.SliceStable(r.Rewritten, func(i, j int) bool {
		a, b := r.Rewritten[i], r.Rewritten[j]
		return byPlace(a.File, b.File, a.Line, b.Line, a.Path, b.Path)
	})
}
