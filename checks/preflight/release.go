package preflight

import (
	"context"
	"errors"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/conform"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// readReleases reads the deployed release where there is one to compare with,
// then the new one, and what changes between them.
func readReleases(ctx context.Context, f *checks.Facts, r Request, read readURL) (*template.Tree, []string, error) {
	from, err := readDeployed(ctx, f, r, read)
	if err != nil {
		return nil, nil, err
	}
	previous := deployedValues(f)
	if previous == nil {
		previous = from.values
	}
	tree, err := readRelease(ctx, f, r, previous, read)
	if err != nil {
		return nil, nil, err
	}
	return tree, compareReleases(f, from, r.Deployed.Name, tree), nil
}

// readRelease reads the entry template with everything it nests, and joins the
// parameters with it. An entry template that cannot be read is an error; one
// at a URL is a gap instead, for why it cannot be read is a check's to say. The
// tree is nil when no template was read.
func readRelease(ctx context.Context, f *checks.Facts, r Request, previous map[string]string, read readURL) (*template.Tree, error) {
	switch {
	case r.Template.Files != nil:
		return loadRelease(ctx, f, template.Source{Files: r.Template.Files, Read: r.Template.Read}, r.Template.Entry, r.Parameters, previous)
	case f.Run.TemplateURL != "" && read != nil:
		return readPublished(ctx, f, r.Parameters, previous, read)
	}
	reason := "no template was given: --template or --release-dir"
	if f.Run.TemplateURL != "" {
		reason = "the template is a URL, which --offline does not read"
	}
	f.SetAbsent("declarations", reason)
	f.SetAbsent("release", reason)
	f.Parameters, _ = parameters.Join(nil, r.Parameters, nil)
	return nil, nil
}

// loadRelease fills the facts that the templates tell.
func loadRelease(ctx context.Context, f *checks.Facts, source template.Source, entry string, given []parameters.Given, previous map[string]string) (*template.Tree, error) {
	tree, err := template.Load(ctx, source, entry, options(f.Run, values(given, previous)))
	if err != nil {
		return nil, err
	}
	f.Parameters, f.Declarations = parameters.Join(Declared(tree.Parameters()), given, previous)
	f.Release, f.Run.Stated = tree.Facts(), tree.Stated()
	noteApplications(f)
	if f.Wants("release.settings") {
		f.Release.Settings = tree.Settings()
	}
	if f.Wants("release.violations") {
		f.Release.Violations = conform.Violations(tree, f.Run.Region)
	}
	return tree, nil
}

// options are what is known of the deployment when a template is resolved.
func options(run checks.Run, given map[string]template.ParameterValue) template.Options {
	return template.Options{Parameters: given, Region: run.Region, Partition: run.Partition, Account: run.Account, StackName: run.StackName}
}

// noteApplications is one gap for the applications of the Serverless Application
// Repository. The checks that what they create matters to say so themselves.
func noteApplications(f *checks.Facts) {
	var unread []string
	for _, a := range f.Release.Applications {
		if a.Exists != checks.ExistsNo {
			unread = append(unread, a.Subject+" ("+a.Application+")")
		}
	}
	if len(unread) > 0 {
		f.Gaps = append(f.Gaps, checks.Gap{Fact: "release.applications", Told: true,
			Reason: "the Serverless Application Repository does not show the templates of its applications: " + strings.Join(unread, ", ")})
	}
}

// readURL reads the template at a URL.
type readURL func(ctx context.Context, url string) ([]byte, error)

// reader reads with the credentials of a collection.
func reader(c *collect.Collection) readURL {
	return func(ctx context.Context, url string) ([]byte, error) {
		if err := interrupted(ctx); err != nil {
			return nil, err
		}
		text, err := c.Fetch(ctx, url)
		var unread *collect.UnreadError
		if errors.As(err, &unread) && unread.Open {
			err = notRead{unread}
		}
		return text, err
	}
}

// notRead is a template of which nothing is known: a gap, and no finding.
type notRead struct{ *collect.UnreadError }

func (notRead) Is(target error) bool { return target == template.ErrNotRead }

func (e notRead) Unwrap() error { return e.UnreadError }

// readPublished reads a release from a URL. When the entry template cannot be
// read, the release is a gap and the checks that read no template still run.
func readPublished(ctx context.Context, f *checks.Facts, given []parameters.Given, previous map[string]string, read readURL) (*template.Tree, error) {
	tree, err := loadRelease(ctx, f, template.Source{Fetch: read}, f.Run.TemplateURL, given, previous)
	var unread *collect.UnreadError
	switch {
	case interrupted(ctx) != nil:
		return nil, ctx.Err()
	case errors.As(err, &unread):
		for _, fact := range []string{"release", "declarations"} {
			f.AddGap(fact, unread.Reason, unread.Action)
		}
		f.Parameters, _ = parameters.Join(nil, given, previous)
		return nil, nil
	}
	return tree, err
}
