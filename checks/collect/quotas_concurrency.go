package collect

import (
	"context"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

// reserving are the logical ids of the resources of the release that may set
// the property which takes a quota.
func (s *session) reserving(w QuotaScope) []string {
	var ids []string
	for _, set := range s.facts.Release.Observed {
		if set.Type == w.Type && set.Path == w.Property && set.State != "absent" && set.Exists != checks.ExistsNo {
			ids = append(ids, lastPart(set.Subject, "#"))
		}
	}
	return ids
}

// concurrency is what Lambda functions may reserve in the account, what is
// reserved, and how much of that by functions of the target stack that the
// release has, too.
func (s *session) concurrency(ctx context.Context, w QuotaScope) (checks.Quota, string, error) {
	const action = "lambda:GetAccountSettings"
	q := checks.Quota{Service: w.Service, Code: w.Code}
	client := lambda.NewFromConfig(s.options.Config)
	out, err := call(ctx, s, action, func(ctx context.Context) (*lambda.GetAccountSettingsOutput, error) {
		return client.GetAccountSettings(ctx, &lambda.GetAccountSettingsInput{})
	})
	if err != nil {
		return q, action, err
	}
	if out.AccountLimit == nil || out.AccountLimit.UnreservedConcurrentExecutions == nil {
		return q, "", errNoLimit
	}
	q.Limit = int(out.AccountLimit.ConcurrentExecutions)
	q.Used = q.Limit - int(*out.AccountLimit.UnreservedConcurrentExecutions)
	q.Own, err = s.reserved(ctx, client, s.reserving(w))
	return q, "lambda:GetFunctionConcurrency", err
}

// reserved sums up what functions of the target's tree have reserved.
func (s *session) reserved(ctx context.Context, client *lambda.Client, logical []string) (int, error) {
	var mu sync.Mutex
	var failed error
	total := 0
	each(s.facts.CloudFormation.Resources, func(r checks.StackResource) {
		if r.Type != functionType || r.Status == "DELETE_COMPLETE" || r.PhysicalID == "" || !slices.Contains(logical, r.LogicalID) {
			return
		}
		out, err := call(ctx, s, "lambda:GetFunctionConcurrency", func(ctx context.Context) (*lambda.GetFunctionConcurrencyOutput, error) {
			return client.GetFunctionConcurrency(ctx, &lambda.GetFunctionConcurrencyInput{FunctionName: &r.PhysicalID})
		})
		mu.Lock()
		defer mu.Unlock()
		switch {
		case failure.Is(err, "ResourceNotFoundException"):
		case err != nil:
			failed = err
		default:
			total += int(aws.ToInt32(out.ReservedConcurrentExecutions))
		}
	})
	return total, failed
}
