package preflight

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// authorize fills the facts about who may do what. It comes last, because it
// judges by what the other facts hold where no policies were exported.
func authorize(f *checks.Facts, p Policies, tree *template.Tree) error {
	derive.BucketAccess(f)
	d, err := readAccountData()
	if err != nil {
		return err
	}
	in := derive.Input{Tree: tree, Role: p.Role, Linked: d.serviceLinked()}
	if p.Organization != nil {
		in.SCPs, in.RCPs, in.Exported = p.Organization.SCPs, p.Organization.RCPs, true
		if f.Run.OrganizationID == "" && f.Organizations.ID == "" {
			f.Run.OrganizationID = p.Organization.Organization
		}
	}
	if err := derive.Fill(f, in); err != nil {
		return err
	}
	derive.ServiceLinked(f, in)
	f.SortGaps()
	return nil
}
