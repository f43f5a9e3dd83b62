package collect

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

var errNoParent = errors.New("the organization names no parent")

// attached reads the policies of one type on one level. A type that the
// organization has not enabled has none.
func (o *organization) attached(ctx context.Context, target string, kind types.PolicyType) ([]checks.OrgPolicy, error) {
	const list = "organizations:ListPoliciesForTarget"
	var summaries []types.PolicySummary
	p := organizations.NewListPoliciesForTargetPaginator(o.client, &organizations.ListPoliciesForTargetInput{TargetId: &target, Filter: kind})
	err := pages(ctx, o.session, list, p, func(page *organizations.ListPoliciesForTargetOutput) {
		summaries = append(summaries, page.Policies...)
	})
	if failure.Is(err, "PolicyTypeNotEnabledException") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	policies := make([]checks.OrgPolicy, len(summaries))
	var wait parallel.Group
	for i, summary := range summaries {
		wait.Go(func() {
			policies[i] = checks.OrgPolicy{
				Type: policyType(kind), ID: aws.ToString(summary.Id), Name: aws.ToString(summary.Name), AWSManaged: summary.AwsManaged,
			}
			var err error
			if policies[i].Document, err = o.document(ctx, policies[i].ID); err != nil {
				o.lost(policies[i].ID, "organizations:DescribePolicy", err)
			}
		})
	}
	wait.Wait()
	return policies, nil
}

func policyType(kind types.PolicyType) string {
	if kind == types.PolicyTypeResourceControlPolicy {
		return checks.PolicyRCP
	}
	return checks.PolicySCP
}

// document reads a policy once, however many levels it is attached to.
func (o *organization) document(ctx context.Context, id string) (string, error) {
	o.mu.Lock()
	read, begun := o.docs[id]
	if !begun {
		read = sync.OnceValues(func() (string, error) {
			out, err := call(ctx, o.session, "organizations:DescribePolicy", func(ctx context.Context) (*organizations.DescribePolicyOutput, error) {
				out, err := o.client.DescribePolicy(ctx, &organizations.DescribePolicyInput{PolicyId: &id})
				if err == nil && out.Policy == nil {
					err = failure.HoldsNo("policy")
				}
				return out, err
			})
			if err != nil {
				return "", err
			}
			return aws.ToString(out.Policy.Content), nil
		})
		o.docs[id] = read
	}
	o.mu.Unlock()
	return read()
}

// unreadPolicies is a policy, or what has policies that are not known, and why.
type unreadPolicies struct {
	of, action string
	err        error
}

func (o *organization) lost(of, action string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.unread = append(o.unread, unreadPolicies{of, action, err})
}

// recordLost leaves a gap for each policy that was not read, beside those that
// were. Where none was, there is one: the simulator is then asked instead.
func (o *organization) recordLost() {
	slices.SortStableFunc(o.unread, func(a, b unreadPolicies) int { return cmp.Or(cmp.Compare(a.action, b.action), cmp.Compare(a.of, b.of)) })
	some := slices.ContainsFunc(o.got, func(p checks.OrgPolicy) bool { return p.Document != "" })
	for _, u := range o.unread {
		if !some {
			o.gap(factPolicies, u.action, u.err)
			return
		}
		o.gap(part(factPolicies, u.of), u.action, u.err)
	}
}

func comparePolicies(a, b checks.OrgPolicy) int {
	return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(b.Type, a.Type), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}
