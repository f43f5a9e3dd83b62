package collect

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const factQuotas = "quotas"

var (
	errNoLister = errors.New("no collector counts the type")
	errNoLimit  = errors.New("the answer tells no limit")
)

func quotasCollector() collector {
	k := collector{run: collectQuotas, calls: []Call{
		{Action: "servicequotas:GetServiceQuota", Facts: []string{factQuotas}},
		{Action: "iam:GetAccountSummary", Facts: []string{factQuotas}},
		{Action: "lambda:GetAccountSettings", Facts: []string{factQuotas}},
		{Action: "lambda:GetFunctionConcurrency", Facts: []string{factQuotas}},
	}}
	for _, l := range []map[string]lister{ec2Listers(), s3Listers()} {
		for _, one := range l {
			k.calls = append(k.calls, Call{Action: one.action, Facts: []string{factQuotas}})
		}
	}
	return k
}

// collectQuotas reads the limits that the release comes near, and their use.
func collectQuotas(ctx context.Context, s *session) {
	var out []checks.Quota
	each(s.options.Scope.Quotas, func(w QuotaScope) {
		read := s.counted
		switch {
		case !s.creates(w.Type), w.Property != "" && len(s.reserving(w)) == 0:
			return
		case w.Property != "":
			read = s.concurrency
		case w.Service == "iam":
			read = s.summarized
		}
		q, action, err := read(ctx, w)
		if err != nil {
			s.gap(part(factQuotas, w.Service+"/"+w.Code), action, err)
			return
		}
		s.fill(func(*checks.Facts) { out = append(out, q) })
	})
	slices.SortFunc(out, func(a, b checks.Quota) int {
		return cmp.Or(cmp.Compare(a.Service, b.Service), cmp.Compare(a.Code, b.Code))
	})
	s.fill(func(f *checks.Facts) { f.Quotas = out })
}

func (s *session) creates(kind string) bool {
	return slices.ContainsFunc(s.facts.Release.Resources, func(r checks.Resource) bool {
		return r.Type == kind && r.Exists != checks.ExistsNo
	})
}

// counted is a limit of Service Quotas, used by what exists of a type.
func (s *session) counted(ctx context.Context, w QuotaScope) (checks.Quota, string, error) {
	q := checks.Quota{Service: w.Service, Code: w.Code}
	limit, action, err := s.limit(ctx, w)
	if err != nil {
		return q, action, err
	}
	l, listed := listers()[w.Type]
	if !listed {
		return q, "", errNoLister
	}
	items, err := s.listing(ctx, w.Type, l)
	if err != nil {
		return q, l.action, err
	}
	q.Limit, q.Used = limit, len(items)
	return q, "", nil
}

// limit is the limit that applies to the account: the documented default where
// none was ever applied to it.
func (s *session) limit(ctx context.Context, w QuotaScope) (int, string, error) {
	const action = "servicequotas:GetServiceQuota"
	client := servicequotas.NewFromConfig(s.options.Config)
	out, err := call(ctx, s, action, func(ctx context.Context) (*servicequotas.GetServiceQuotaOutput, error) {
		out, err := client.GetServiceQuota(ctx, &servicequotas.GetServiceQuotaInput{ServiceCode: &w.Service, QuotaCode: &w.Code})
		if err == nil && (out.Quota == nil || out.Quota.Value == nil) {
			err = failure.HoldsNo("quota")
		}
		return out, err
	})
	switch {
	case failure.Is(err, "NoSuchResourceException"):
		return w.Default, "", nil
	case err != nil:
		return 0, action, err
	}
	return int(aws.ToFloat64(out.Quota.Value)), "", nil
}

// summarized is a limit of IAM, which tells limit and use in one answer; the
// code is the name of its count there.
func (s *session) summarized(ctx context.Context, w QuotaScope) (checks.Quota, string, error) {
	const action = "iam:GetAccountSummary"
	client := iam.NewFromConfig(s.options.Config)
	s.summaryOnce.Do(func() {
		out, err := call(ctx, s, action, func(ctx context.Context) (*iam.GetAccountSummaryOutput, error) {
			return client.GetAccountSummary(ctx, &iam.GetAccountSummaryInput{})
		})
		if s.summaryErr = err; err == nil {
			s.summary = out.SummaryMap
		}
	})
	if s.summaryErr != nil {
		return checks.Quota{}, action, s.summaryErr
	}
	limit, told := s.summary[w.Code+"Quota"]
	if !told {
		limit = int32(w.Default)
	}
	return checks.Quota{Service: w.Service, Code: w.Code, Limit: int(limit), Used: int(s.summary[w.Code])}, "", nil
}
