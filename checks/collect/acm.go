package collect

import (
	"cmp"
	"context"
	"slices"

	awsarn "github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/acm"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
)

const factCertificates = "certificates"

func certificatesCollector() collector {
	return collector{calls: []Call{{Action: "acm:DescribeCertificate", Facts: []string{factCertificates}}}, run: collectCertificates}
}

// collectCertificates reads every certificate that a parameter names, in the
// certificate's own region.
func collectCertificates(ctx context.Context, s *session) {
	var out []checks.Certificate
	each(s.parameterARNs("acm"), func(a awsarn.ARN) {
		c := checks.Certificate{ARN: a.String(), Region: a.Region, State: checks.StatePresent}
		client := acm.NewFromConfig(s.in(a.Region))
		got, err := call(ctx, s, "acm:DescribeCertificate", func(ctx context.Context) (*acm.DescribeCertificateOutput, error) {
			return client.DescribeCertificate(ctx, &acm.DescribeCertificateInput{CertificateArn: &c.ARN})
		})
		switch {
		case failure.Is(err, "ResourceNotFoundException", "InvalidArnException"):
			c.State = checks.StateMissing
		case err != nil:
			s.gap(part(factCertificates, c.ARN), "acm:DescribeCertificate", err)
			return
		default:
			c.Status = string(got.Certificate.Status)
			c.Names = got.Certificate.SubjectAlternativeNames
			if name := got.Certificate.DomainName; name != nil && !slices.Contains(c.Names, *name) {
				c.Names = append(c.Names, *name)
			}
			c.NotAfter = stamp(got.Certificate.NotAfter)
		}
		s.fill(func(*checks.Facts) { out = append(out, c) })
	})
	slices.SortFunc(out, func(a, b checks.Certificate) int { return cmp.Compare(a.ARN, b.ARN) })
	s.fill(func(f *checks.Facts) { f.Certificates = out })
}

// parameterARNs are the ARNs of a service among the parameter values.
func (s *session) parameterARNs(services ...string) []awsarn.ARN {
	var out []awsarn.ARN
	for _, p := range s.facts.Parameters {
		if !p.Known {
			continue
		}
		if a, err := awsarn.Parse(p.Value); err == nil && slices.Contains(services, a.Service) && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}
