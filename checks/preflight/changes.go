package preflight

import (
	"context"
	"errors"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/checks/template/changes"
)

// Deployed is the release that an upgrade starts from.
type Deployed struct {
	// Name is the entry template as the operator named it; empty when nobody did.
	Name string
	// Template is where it is read; without files it is read from Name, a URL.
	Template Template
	// Parameters are the values that the deployed stack has. Where they were not
	// stated, they are taken to be those of the update.
	Parameters []parameters.Given
	Stated     bool
}

// sameValues is the note on values of the deployed stack that nobody stated.
const sameValues = "the deployed stack is taken to have the parameter values of this update; --from-parameters states others"

// deployedRelease is the release that is deployed, as it was read: without a
// tree where it was not, and with the values that UsePreviousValue keeps.
type deployedRelease struct {
	tree   *template.Tree
	values map[string]string
	note   string
}

// readDeployed reads the deployed release. It comes before the new one, whose
// parameters may keep the values that the deployed one has.
func readDeployed(ctx context.Context, f *checks.Facts, r Request, read readURL) (deployedRelease, error) {
	var d deployedRelease
	from := r.Deployed
	switch {
	case from.Name == "":
		f.SetAbsent("changes", "the deployed release was not given: --from-template")
		return d, nil
	case from.Template.Files == nil && read == nil:
		f.SetAbsent("changes", "the deployed template is a URL, which --offline does not read")
		return d, nil
	}
	given := from.Parameters
	if !from.Stated {
		given, d.note = r.Parameters, sameValues
	}
	known := values(given, deployedValues(f))
	source, entry := template.Source{Files: from.Template.Files, Read: from.Template.Read}, from.Template.Entry
	if source.Files == nil {
		source, entry = template.Source{Fetch: read}, from.Name
	}
	tree, err := template.Load(ctx, source, entry, options(f.Run, known))
	var unread *collect.UnreadError
	switch {
	case interrupted(ctx) != nil:
		return d, ctx.Err()
	case errors.As(err, &unread):
		f.AddGap("changes", unread.Reason, unread.Action)
		return d, nil
	case err != nil:
		return d, fmt.Errorf("--from-template: %w", err)
	}
	d.tree, d.values = tree, previously(tree, known)
	return d, nil
}

// previously are the values that UsePreviousValue keeps: those that were given,
// else the defaults of the deployed template.
func previously(tree *template.Tree, given map[string]template.ParameterValue) map[string]string {
	out := map[string]string{}
	for _, p := range tree.Parameters() {
		switch v, is := given[p.Name]; {
		case is && (!v.Previous || v.Known):
			out[p.Name] = v.Text
		case !is && p.Default != nil:
			out[p.Name] = *p.Default
		}
	}
	return out
}

// compareReleases fills the facts about what changes.
func compareReleases(f *checks.Facts, from deployedRelease, name string, to *template.Tree) (notes []string) {
	if from.tree == nil || f.Inherit("release", "changes", "no template was given for the new release") || to == nil {
		return nil
	}
	f.Changes = changes.Between(from.tree, to, f.Run.Region).Facts()
	f.Changes.Template = name
	if from.note != "" {
		notes = []string{from.note}
	}
	if n := f.Changes.Unpackaged; n > 0 {
		notes = append(notes, fmt.Sprintf("%d properties name a local package in both releases: whether its content changes is not known", n))
	}
	return notes
}
