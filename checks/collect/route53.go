package collect

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

const (
	factZones   = "dns.zones"
	factRecords = "dns.records"
)

func dnsCollector() collector {
	return collector{
		calls: []Call{
			{Action: "route53:ListHostedZones", Facts: []string{factZones, factRecords}},
			{Action: "route53:ListResourceRecordSets", Facts: []string{factRecords}},
		},
		run: collectDNS,
	}
}

// collectDNS reads the records of the names below the domain that a parameter
// gives, from the public zones of this account.
func collectDNS(ctx context.Context, s *session) {
	names := s.domains()
	if len(names) == 0 {
		return
	}
	client := route53.NewFromConfig(s.options.Config)
	var zones []checks.Zone
	p := route53.NewListHostedZonesPaginator(client, &route53.ListHostedZonesInput{})
	err := pages(ctx, s, "route53:ListHostedZones", p, func(page *route53.ListHostedZonesOutput) {
		for _, z := range page.HostedZones {
			zone := checks.Zone{ID: lastPart(aws.ToString(z.Id), "/"), Name: strings.TrimSuffix(aws.ToString(z.Name), ".")}
			private := z.Config != nil && z.Config.PrivateZone
			if !private && slices.ContainsFunc(names, func(name string) bool { return within(name, zone.Name) }) {
				zones = append(zones, zone)
			}
		}
	})
	if err != nil {
		s.gap(factZones, "route53:ListHostedZones", err)
		s.gap(factRecords, "route53:ListHostedZones", err)
		return
	}
	var mu sync.Mutex
	var records []checks.Record
	each(zones, func(z checks.Zone) {
		for _, name := range names {
			found, err := s.records(ctx, client, z, name)
			if err != nil {
				s.gap(factRecords, "route53:ListResourceRecordSets", err)
				return
			}
			mu.Lock()
			records = append(records, found...)
			mu.Unlock()
		}
	})
	slices.SortFunc(zones, func(a, b checks.Zone) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(records, func(a, b checks.Record) int {
		return cmp.Or(cmp.Compare(a.Zone, b.Zone), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Type, b.Type))
	})
	s.fill(func(f *checks.Facts) { f.DNS = checks.DNS{Zones: zones, Records: records} })
}

// domains are the watched names below the domain of the release.
func (s *session) domains() []string {
	var names []string
	for _, p := range s.facts.Parameters {
		if p.Name != s.options.Scope.DomainParameter || !p.Known || p.Value == "" {
			continue
		}
		for _, sub := range s.options.Scope.Subdomains {
			names = append(names, sub+p.Value)
		}
	}
	return names
}

// records asks for the one name; the list begins at it and is in name order.
func (s *session) records(ctx context.Context, client *route53.Client, z checks.Zone, name string) ([]checks.Record, error) {
	out, err := call(ctx, s, "route53:ListResourceRecordSets", func(ctx context.Context) (*route53.ListResourceRecordSetsOutput, error) {
		return client.ListResourceRecordSets(ctx, &route53.ListResourceRecordSetsInput{HostedZoneId: &z.ID, StartRecordName: &name, MaxItems: aws.Int32(20)})
	})
	if err != nil {
		return nil, err
	}
	var found []checks.Record
	for _, r := range out.ResourceRecordSets {
		is := strings.EqualFold(strings.TrimSuffix(aws.ToString(r.Name), "."), name)
		if !is || r.Type != types.RRTypeA && r.Type != types.RRTypeAaaa && r.Type != types.RRTypeCname {
			continue
		}
		record := checks.Record{Zone: z.ID, Name: name, Type: string(r.Type)}
		if r.AliasTarget != nil {
			record.Alias = strings.TrimSuffix(aws.ToString(r.AliasTarget.DNSName), ".")
		}
		for _, v := range r.ResourceRecords {
			if record.Alias == "" && r.Type == types.RRTypeCname {
				record.Alias = strings.TrimSuffix(aws.ToString(v.Value), ".")
			}
		}
		found = append(found, record)
	}
	return found, nil
}

// within reports whether a name is a domain or lies below it.
func within(name, domain string) bool {
	return strings.EqualFold(name, domain) || strings.HasSuffix(strings.ToLower(name), "."+strings.ToLower(domain))
}
