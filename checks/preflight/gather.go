package preflight

import (
	"context"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/derive"
)

// Gather reads everything that the selected policies need. The context's
// deadline ends the reading: what was not read by then is a gap. Only an
// interruption, or input that cannot be read, is an error.
func Gather(ctx context.Context, r Request) (*Gathered, error) {
	f := &checks.Facts{Run: r.Run, Wanted: r.Wanted}
	if r.Account == nil {
		return gatherOffline(ctx, f, r)
	}
	scope, err := Scope()
	if err != nil {
		return nil, err
	}
	o := r.Account.Options
	o.Scope, o.Needs = scope, derive.Sources(r.Account.Needs)
	account := collect.New(o, f)
	if err := account.ReadStacks(ctx); err != nil {
		return nil, err
	}
	completeRun(f, r)
	tree, notes, err := readReleases(ctx, f, r, reader(account))
	if err != nil {
		return nil, err
	}
	if f.Authorization.Untold, err = derive.Untold(f, tree); err != nil {
		return nil, err
	}
	if err := account.ReadRest(ctx); err != nil {
		return nil, err
	}
	if err := authorize(f, r.Policies, tree); err != nil {
		return nil, err
	}
	organization := organizationNote(f, r.Policies)
	if account.Simulate(ctx) {
		organization = []string{collect.SimulationNote}
	}
	notes = append(notes, organization...)
	return withoutCredentials(&Gathered{Facts: f, Notes: notes, Calls: account.Calls()}), interrupted(ctx)
}

// interrupted is the error of a context that ended before its deadline.
func interrupted(ctx context.Context) error {
	if ctx.Err() == context.Canceled {
		return ctx.Err()
	}
	return nil
}

func gatherOffline(ctx context.Context, f *checks.Facts, r Request) (*Gathered, error) {
	for _, section := range checks.LiveSections() {
		f.SetOffline(section)
	}
	tree, notes, err := readReleases(ctx, f, r, nil)
	if err != nil {
		return nil, err
	}
	if err := authorize(f, r.Policies, tree); err != nil {
		return nil, err
	}
	return withoutCredentials(&Gathered{Facts: f, Notes: append([]string{assumedPrincipal(f.Run)}, notes...)}), nil
}

// organizationNoteBegins every note on where the policies of the organization
// come from.
const organizationNoteBegins = "the policies of the organization "

// organizationNote says where the policies of the organization come from.
func organizationNote(f *checks.Facts, p Policies) []string {
	switch n := len(f.Organizations.Policies) - unread(f); {
	case p.Organization != nil:
		return []string{organizationNoteBegins + "are those exported to " + p.Folder}
	case f.Organizations.Standing == checks.OrganizationNone:
		return []string{"the account is in no organization"}
	case n > 0:
		return []string{fmt.Sprintf(organizationNoteBegins+"were read: %d on the %d levels from the root to the account, %s%s", n, len(f.Organizations.Levels), readBy(f), lacking(f))}
	}
	return nil
}

// unread counts the policies of the organization that were listed only.
func unread(f *checks.Facts) int {
	n := 0
	for _, p := range f.Organizations.Policies {
		if p.Document == "" {
			n++
		}
	}
	return n
}

// lacking says that what was read of the organization is not all.
func lacking(f *checks.Facts) string {
	for _, g := range f.Gaps {
		if checks.Inside(g.Fact, "organizations.policies") {
			return "; some could not be read"
		}
	}
	return ""
}

// readBy says by what right the policies of the organization were read: only
// its management account and those that it delegated to may.
func readBy(f *checks.Facts) string {
	reader := f.Organizations.Reader
	if reader == "" {
		reader = f.Run.Account
	}
	if reader == f.Organizations.ManagementAccount {
		return "by its management account"
	}
	return "by " + reader + ", a delegated administrator"
}

func assumedPrincipal(run checks.Run) string {
	where := "an unknown member account"
	if run.Account != "" {
		where = "member account " + run.Account
	}
	if run.DeploymentRole == "" {
		return "permissions are evaluated for an administrator in " + where
	}
	return fmt.Sprintf("permissions are evaluated for role/%s in %s", run.DeploymentRole, where)
}
