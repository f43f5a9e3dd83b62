package collect

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

const (
	actionSimulate    = "iam:SimulatePrincipalPolicy"
	factOrganizations = "authorization.organization"
	// simulated names what denies where the simulator does not.
	simulated = "organization"
)

// SimulationNote says what a report that rests on the simulator cannot see.
const SimulationNote = "the policies of the organization could not be read, so iam:SimulatePrincipalPolicy was asked: " +
	"it names no policy, leaves out resource control and session policies, and does not tell which context keys a policy tests beyond those that were tried"

var errNoAnswer = errors.New("the simulator gave no decision")

// Simulate asks the IAM simulator what the policies of the organization say,
// when they could not be read. It fills what the evaluator would have, and
// reports whether it did. Each action is asked for twice: with the context that
// is known, and with values for the keys that are not. Where the decisions
// differ, they depend on those keys.
func (c *Collection) Simulate(ctx context.Context) bool {
	s := c.session
	i := slices.IndexFunc(s.facts.Gaps, func(g checks.Gap) bool { list, _ := checks.Part(g.Fact); return list == factOrganizations })
	principal := s.facts.Authorization.Deployer.Principal
	if i < 0 || !s.needs(factOrganizations) || strings.Contains(principal, "*") || len(s.facts.Authorization.Needs) == 0 {
		return false
	}
	q := &simulation{session: s, client: iam.NewFromConfig(s.options.Config), principal: principal}
	groups := alike(s.facts.Authorization.Needs)
	if len(groups) > 0 {
		// One question first: where it is refused, so are all others.
		q.ask(ctx, groups[0])
		each(groups[1:], func(group []checks.NeededAction) { q.ask(ctx, group) })
	}
	if q.err != nil {
		fact := factOrganizations
		if _, record := checks.Part(s.facts.Gaps[i].Fact); record != "" {
			fact = part(fact, simulated)
		}
		s.gap(fact, actionSimulate, q.err)
		s.facts.SortGaps()
		return false
	}
	slices.SortFunc(q.denials, func(a, b checks.Denial) int { return cmp.Compare(a.Action, b.Action) })
	s.fill(func(f *checks.Facts) {
		why := f.Gaps[i]
		f.Gaps = slices.DeleteFunc(f.Gaps, func(g checks.Gap) bool { list, _ := checks.Part(g.Fact); return list == factOrganizations })
		f.AddGap(factOrganizations+".invented", why.Reason, why.Action)
		answered(&f.Authorization.Organization, q.denials)
		f.SortGaps()
	})
	return true
}

// answered adds what the simulator denies to what the policies that were read
// do: those name the statement, and it does not.
func answered(rules *checks.OrganizationRules, denials []checks.Denial) {
	known := map[string]bool{}
	for _, d := range rules.Denials {
		known[strings.ToLower(d.Action)] = known[strings.ToLower(d.Action)] || d.Certain
	}
	for _, d := range denials {
		if !known[strings.ToLower(d.Action)] {
			rules.Denials = append(rules.Denials, d)
		}
	}
	rules.Policies = append(rules.Policies, checks.PolicyDocument{Name: simulated, Layer: checks.LayerSCP, Level: -1, Denies: true})
}

// simulation is one round of questions.
type simulation struct {
	*session
	client    *iam.Client
	principal string

	mu      sync.Mutex
	denials []checks.Denial
	err     error
}

// alike groups the actions of the deployer that are needed on the same
// resources: one question asks for all of them.
func alike(needs []checks.NeededAction) [][]checks.NeededAction {
	var groups [][]checks.NeededAction
	place := map[string]int{}
	for _, n := range needs {
		if n.Actor != "deployer" {
			continue
		}
		key := strings.Join(n.ARNs, "\n")
		at, known := place[key]
		if !known {
			at = len(groups)
			place[key] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], n)
	}
	return groups
}

func (q *simulation) ask(ctx context.Context, group []checks.NeededAction) {
	if q.failed() {
		return
	}
	known, err := q.decide(ctx, group, nil)
	var other map[string]decision
	if err == nil {
		other, err = q.decide(ctx, group, perturbed)
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if err != nil {
		if q.err == nil {
			q.err = err
		}
		return
	}
	for _, n := range group {
		one, two := known[strings.ToLower(n.Action)], other[strings.ToLower(n.Action)]
		if one.denied || two.denied {
			q.denials = append(q.denials, denialOf(n, one, two))
		}
	}
}

func (q *simulation) failed() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.err != nil
}

// decision is what the organization's policies say to one action.
type decision struct {
	denied, implicit bool
}

func denialOf(n checks.NeededAction, one, two decision) checks.Denial {
	d := checks.Denial{
		Layer: checks.LayerSCP, Level: -1, Policy: simulated, Statement: "simulated", Implicit: one.implicit && two.implicit,
		Action: n.Action, Service: n.Service, Actor: n.Actor, Tagging: n.Tagging, Certain: n.Certain && one.denied == two.denied,
		IfNew: !n.Certain && n.IfNew && one.denied == two.denied,
	}
	if one.denied != two.denied {
		d.Why = "the simulator decides differently with values for keys that are not known beforehand"
		for _, e := range perturbed {
			d.Keys = append(d.Keys, aws.ToString(e.ContextKeyName))
		}
	}
	for _, arn := range n.ARNs {
		d.Resources = append(d.Resources, checks.DeniedResource{Subject: n.Subject, File: n.File, Line: n.Line, Column: n.Column, ResourceARN: arn})
	}
	d.Resources = checks.EachOnce(d.Resources)
	return d
}

// perturbed are values for keys that only the request will have.
var perturbed = []types.ContextEntry{
	entry("aws:SourceIp", "198.51.100.7", types.ContextKeyTypeEnumIp),
	entry("aws:SourceVpc", "vpc-00000000000000000", types.ContextKeyTypeEnumString),
	entry("aws:SourceVpce", "vpce-00000000000000000", types.ContextKeyTypeEnumString),
	entry("aws:ViaAWSService", "true", types.ContextKeyTypeEnumBoolean),
	entry("aws:MultiFactorAuthPresent", "true", types.ContextKeyTypeEnumBoolean),
}

func entry(name, value string, kind types.ContextKeyTypeEnum) types.ContextEntry {
	return types.ContextEntry{ContextKeyName: &name, ContextKeyValues: []string{value}, ContextKeyType: kind}
}

// decide asks for some actions on the resources that need them, to the last
// page. An action without a decision is an error: silence is no permission.
func (q *simulation) decide(ctx context.Context, group []checks.NeededAction, more []types.ContextEntry) (map[string]decision, error) {
	in := &iam.SimulatePrincipalPolicyInput{
		PolicySourceArn: &q.principal, ResourceArns: group[0].ARNs, MaxItems: aws.Int32(1000), ContextEntries: append(q.context(), more...),
	}
	for _, n := range group {
		in.ActionNames = append(in.ActionNames, n.Action)
	}
	decisions := map[string]decision{}
	p := iam.NewSimulatePrincipalPolicyPaginator(q.client, in)
	err := pages(ctx, q.session, actionSimulate, p, func(page *iam.SimulatePrincipalPolicyOutput) {
		for _, r := range page.EvaluationResults {
			name := strings.ToLower(aws.ToString(r.EvalActionName))
			d := decisions[name]
			if r.OrganizationsDecisionDetail != nil && !r.OrganizationsDecisionDetail.AllowedByOrganizations {
				d = decision{denied: true, implicit: r.EvalDecision == types.PolicyEvaluationDecisionTypeImplicitDeny}
			}
			decisions[name] = d
		}
	})
	if err != nil {
		return nil, err
	}
	for _, n := range group {
		if _, decided := decisions[strings.ToLower(n.Action)]; !decided {
			return nil, errNoAnswer
		}
	}
	return decisions, nil
}

// context is what is known of every request before it is made.
func (q *simulation) context() []types.ContextEntry {
	region := q.facts.Run.Region
	return []types.ContextEntry{
		entry("aws:RequestedRegion", region, types.ContextKeyTypeEnumString),
		entry("aws:SecureTransport", "true", types.ContextKeyTypeEnumBoolean),
		entry("aws:PrincipalArn", q.principal, types.ContextKeyTypeEnumString),
		entry("aws:PrincipalAccount", q.facts.Run.Account, types.ContextKeyTypeEnumString),
	}
}
