package derive

import (
	"cmp"
	"fmt"
	"path"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Input is what the facts alone do not hold.
type Input struct {
	// Tree is nil when no template was read.
	Tree *template.Tree
	// SCPs and RCPs are policies that the operator exported, one slice a level;
	// they stand for those of the account. Exported says that there are any.
	SCPs, RCPs [][]*iam.Policy
	Exported   bool
	// Role holds the deployer's own policies as the operator exported them.
	Role *rolefile.Role
	// Linked are the roles that services make for themselves, by the type of
	// resource that uses them first.
	Linked []LinkedRole
}

// The facts that Fill owns.
const (
	factAll          = "authorization"
	factOrganization = "authorization.organization"
	factIdentity     = "authorization.identity"
	factPublished    = "authorization.published"
)

// Fill works out the authorization facts from what the other facts say. It
// comes after every collector. Where there is no policy to judge by, it does
// not ask what the release needs.
func Fill(f *checks.Facts, in Input) error {
	if in.Tree == nil {
		f.SetAbsent(factAll, "no template was read, so what the deployment needs is not known")
		return nil
	}
	organization, identity := hasOrganization(f, in), hasIdentity(f, in)
	if !organization && !identity {
		f.SetAbsent(factAll, "there is no policy to judge the release by")
		return nil
	}
	r := release(f, in.Tree)
	r.Linked = linkedRoles(f, in.Linked)
	n, err := Derive(r)
	if err != nil {
		return err
	}
	f.Authorization = n.Facts()
	for _, u := range n.untold {
		reason, action := whyUntold(f.Types, u.Type)
		f.AddGap(fmt.Sprintf("%s.needs[%s]", factAll, u.Type), reason, action)
	}
	if organization {
		inheritDeployed(f, factOrganization)
		if err := n.fillOrganization(f, in); err != nil {
			return err
		}
	}
	if identity {
		inheritDeployed(f, factIdentity)
		return n.fillIdentity(f, in)
	}
	return nil
}

// Untold are the resources of a release, and of the stack that it replaces, of
// whose types the tables say nothing. The registry is then to be asked.
func Untold(f *checks.Facts, tree *template.Tree) ([]checks.UntoldType, error) {
	if tree == nil {
		return nil, nil
	}
	n, err := Derive(release(f, tree))
	if err != nil {
		return nil, err
	}
	return n.untold, nil
}

// release is what the facts say of what is deployed.
func release(f *checks.Facts, tree *template.Tree) Release {
	return Release{
		Run: f.Run, Tree: tree, Assets: f.Release.Assets, Deployer: deployerOf(f), Tags: principalTags(f),
		Types: f.Types, Standing: ReadStanding(f), Changes: f.Changes.Resources, Unexpanded: unexpanded(f.Release.Templates),
		RootTags: rootTags(f), Organization: cmp.Or(f.Organizations.ID, f.Run.OrganizationID), Management: f.Organizations.Standing == checks.OrganizationManagement,
	}
}

// rootTags are the tags of the root stack: those that the operator gives, or
// those that a stack which is upgraded has, since an update without tags keeps
// them.
func rootTags(f *checks.Facts) []checks.Tag {
	if len(f.Run.StackTags) > 0 || f.Run.Phase != checks.Upgrade {
		return f.Run.StackTags
	}
	for _, s := range f.CloudFormation.Stacks {
		if s.Target {
			return s.Tags
		}
	}
	return nil
}

// whyUntold says why nothing is known of a type, and which call would tell
// where it was not made or was refused.
func whyUntold(types []checks.ResourceType, name string) (reason, action string) {
	for _, t := range types {
		switch {
		case t.Name != name:
		case t.State == checks.TypeMissing:
			return "the registry of this account and region has no such type", ""
		default:
			return "nobody publishes what the type takes, nor does its schema say", ""
		}
	}
	return "nobody publishes what the type takes", "cloudformation:DescribeType"
}

// unexpanded are the templates with loops or macros whose result is not known.
func unexpanded(templates []checks.Template) map[string]bool {
	out := map[string]bool{}
	for _, t := range templates {
		if len(t.Unexpanded) > 0 {
			out[t.File] = true
		}
	}
	return out
}

// deployerOf is who deploys, where somebody looked.
func deployerOf(f *checks.Facts) *checks.Deployer {
	switch {
	case f.Run.DeploymentRole != "" && f.Role.Exists && f.Role.ARN != "":
		return &checks.Deployer{Principal: f.Role.ARN, Kind: deployerRole}
	case f.Run.DeploymentRole == "" && f.Caller.RoleARN != "" && f.Caller.PathKnown:
		return &checks.Deployer{Principal: f.Caller.RoleARN, Kind: deployerAdministrator}
	case f.Run.DeploymentRole == "" && f.Caller.Kind == "user":
		return &checks.Deployer{Principal: f.Caller.ARN, Kind: deployerAdministrator}
	}
	return nil
}

// deployedStack stands for what the deployed stack adds to the required
// permissions, in the path of a gap: its tags, and what it has already.
const deployedStack = "deployed stack"

// inheritDeployed passes on that the stack was not read that an upgrade starts
// from, or that may be there.
func inheritDeployed(f *checks.Facts, to string) {
	upgrade := f.Run.Phase == checks.Upgrade || slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == "run.phase" })
	for _, g := range slices.Clone(f.Gaps) {
		if _, record := checks.Part(g.Fact); upgrade && record == "" && checks.Inside("cloudformation.stacks", g.Fact) {
			f.AddGap(to+"["+deployedStack+"]", g.Reason, g.Action)
		}
	}
}

// hasOrganization says whether there are policies of an organization to judge
// by, and records why not.
func hasOrganization(f *checks.Facts, in Input) bool {
	const how = "no organization policies were given: --scp-dir"
	switch {
	case in.Exported:
		return true
	case inheritOrganization(f, factOrganization, how):
		return false
	case f.Organizations.Standing == "":
		f.SetAbsent(factOrganization, how)
		return false
	}
	return true
}

func (n *Needs) fillOrganization(f *checks.Facts, in Input) error {
	scps, rcps := in.SCPs, in.RCPs
	judged := scps
	if !in.Exported {
		var odd, others []oddPolicy
		scps, odd = collected(f.Organizations, checks.PolicySCP, iam.SCP)
		rcps, others = collected(f.Organizations, checks.PolicyRCP, iam.RCP)
		f.InheritParts(factPolicies, factOrganization)
		for _, o := range slices.Concat(odd, others) {
			f.AddGap(factOrganization+"["+o.id+"]", o.err.Error(), "")
		}
		judged = opened(f, scps, odd)
	}
	rules, err := n.judgeOrganization(scps, judged, rcps)
	for i := range rules.Denials {
		d := &rules.Denials[i]
		d.Title = titleOf(f.Organizations, d.Policy)
		d.ManagedBy = n.managed(slices.Concat(scps, rcps), *d)
		switch {
		case !in.Exported:
			d.Where = levelInWords(f.Organizations, d.Level)
		case d.Implicit:
			d.Where = exportedLevel(scps, d.Level)
		}
	}
	f.Authorization.Organization = rules
	return err
}

// managed names the service that manages the policy of a denial.
func (n *Needs) managed(levels [][]*iam.Policy, d checks.Denial) string {
	for _, p := range flat(levels) {
		if p.Name() == d.Policy {
			return managedBy(p, d.Title)
		}
	}
	return ""
}

// titleOf is the name of a policy that was read by its id.
func titleOf(o checks.Organizations, policy string) string {
	for _, p := range o.Policies {
		if p.ID == policy && p.Name != "" {
			return p.Name
		}
	}
	return policy
}

// levelInWords names what a policy is attached to, as AWS calls it.
func levelInWords(o checks.Organizations, level int) string {
	for _, l := range o.Levels {
		switch {
		case l.Level != level:
		case l.Kind == "root":
			return fmt.Sprintf("root (%s)", l.ID)
		case l.Kind == "account":
			return fmt.Sprintf("this account (%s)", l.ID)
		case l.Name == "":
			return "OU " + l.ID
		default:
			return fmt.Sprintf("OU %s (%s)", l.Name, l.ID)
		}
	}
	return ""
}

// exportedLevel names a level of exported policies by its folder.
func exportedLevel(policies [][]*iam.Policy, level int) string {
	if level < len(policies) && len(policies[level]) > 0 {
		if folder := path.Dir(policies[level][0].Name()); folder != "." {
			return "the folder " + folder
		}
	}
	return "the exported policies"
}
