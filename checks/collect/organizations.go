package collect

import (
	"context"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

const (
	factOrganization = "organizations.standing"
	factLevels       = "organizations.levels"
	factPolicies     = "organizations.policies"
	factReader       = "organizations.reader"
)

func organizationsCollector() collector {
	path := []string{factLevels, factPolicies}
	return collector{
		calls: []Call{
			{Action: "organizations:DescribeOrganization", Facts: []string{factOrganization}},
			{Action: "organizations:ListParents", Facts: path},
			{Action: "organizations:ListPoliciesForTarget", Facts: []string{factPolicies}},
			{Action: "organizations:DescribePolicy", Facts: []string{factPolicies}},
			{Action: actionSimulate, Facts: []string{factOrganizations}},
		},
		run: collectOrganizations,
	}
}

// organization reads one organization for one account.
type organization struct {
	*session
	client  *organizations.Client
	account string

	mu   sync.Mutex
	docs map[string]func() (string, error) // documents by policy id
	got  []checks.OrgPolicy
	// unread are the policies, and the levels of them, that were not read.
	unread []unreadPolicies
}

func collectOrganizations(ctx context.Context, s *session) {
	cfg := s.options.Config
	if s.options.Organization != nil {
		cfg = *s.options.Organization
	}
	o := &organization{session: s, client: organizations.NewFromConfig(cfg), account: s.account(), docs: map[string]func() (string, error){}}
	var wait parallel.Group
	defer wait.Wait()
	if s.options.Organization != nil {
		wait.Go(func() { s.reader(ctx, cfg) })
	}
	out, err := call(ctx, s, "organizations:DescribeOrganization", func(ctx context.Context) (*organizations.DescribeOrganizationOutput, error) {
		out, err := o.client.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
		if err == nil && out.Organization == nil {
			err = failure.HoldsNo("organization")
		}
		return out, err
	})
	if failure.Is(err, "AWSOrganizationsNotInUseException") && s.options.Organization == nil {
		s.fill(func(f *checks.Facts) { f.Organizations.Standing = checks.OrganizationNone })
		return
	}
	if err != nil {
		s.gap(factOrganization, "organizations:DescribeOrganization", err)
	} else {
		s.fill(func(f *checks.Facts) { standing(&f.Organizations, out.Organization, o.account) })
	}
	if o.account == "" {
		for _, fact := range []string{factLevels, factPolicies} {
			s.gap(fact, "sts:GetCallerIdentity", s.callerErr)
		}
		return
	}
	o.read(ctx)
}

// reader tells whose credentials read the organization.
func (s *session) reader(ctx context.Context, cfg aws.Config) {
	const action = "sts:GetCallerIdentity"
	out, err := call(ctx, s, action, func(ctx context.Context) (*sts.GetCallerIdentityOutput, error) {
		return sts.NewFromConfig(cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	})
	if err != nil {
		s.gap(factReader, action, err)
		return
	}
	s.fill(func(f *checks.Facts) { f.Organizations.Reader = aws.ToString(out.Account) })
}

func standing(o *checks.Organizations, of *types.Organization, account string) {
	o.ID, o.ManagementAccount = aws.ToString(of.Id), aws.ToString(of.MasterAccountId)
	o.Standing = checks.OrganizationMember
	if o.ManagementAccount == account {
		o.Standing = checks.OrganizationManagement
	}
}

// read follows the account up to the root and reads what is attached to every
// level on the way.
func (o *organization) read(ctx context.Context) {
	levels := []checks.OrgLevel{{ID: o.account, Kind: "account"}}
	var wait parallel.Group
	attached := make(map[string][]checks.OrgPolicy)
	attach := func(target string) {
		for _, kind := range []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy} {
			wait.Go(func() {
				policies, err := o.attached(ctx, target, kind)
				if err != nil {
					o.lost(checks.PoliciesOf(policyType(kind), target), "organizations:ListPoliciesForTarget", err)
					return
				}
				o.mu.Lock()
				defer o.mu.Unlock()
				attached[target] = append(attached[target], policies...)
			})
		}
	}
	attach(o.account)
	for levels[0].Kind != "root" {
		parent, err := o.parent(ctx, levels[0].ID)
		if err != nil {
			o.gap(factLevels, "organizations:ListParents", err)
			o.lost(checks.HigherLevels, "organizations:ListParents", err)
			break
		}
		levels = slices.Insert(levels, 0, parent)
		attach(parent.ID)
	}
	wait.Wait()
	for i := range levels {
		levels[i].Level = i
		for _, p := range attached[levels[i].ID] {
			p.Level = i
			o.got = append(o.got, p)
		}
	}
	slices.SortFunc(o.got, comparePolicies)
	o.recordLost()
	o.fill(func(f *checks.Facts) { f.Organizations.Levels, f.Organizations.Policies = levels, o.got })
}

func (o *organization) parent(ctx context.Context, child string) (checks.OrgLevel, error) {
	out, err := call(ctx, o.session, "organizations:ListParents", func(ctx context.Context) (*organizations.ListParentsOutput, error) {
		return o.client.ListParents(ctx, &organizations.ListParentsInput{ChildId: &child})
	})
	if err != nil {
		return checks.OrgLevel{}, err
	}
	if len(out.Parents) != 1 {
		return checks.OrgLevel{}, errNoParent
	}
	level := checks.OrgLevel{ID: aws.ToString(out.Parents[0].Id), Kind: "unit"}
	if out.Parents[0].Type == types.ParentTypeRoot {
		level.Kind = "root"
	}
	return level, nil
}
