package helpertemplates

import (
	"github.com/awslabs/goformation/v7/cloudformation/route53"
)

// Alias is what is known of the API's domain; what is empty is asked for when
// the stack is deployed.
type Alias struct {
	Domain, HostedZone                   string
	DistributionDomain, DistributionZone string
}

// APIAlias is the stack with the alias record of api.<domain>. The distribution
// behind it belongs to API Gateway, so that the console does not offer it.
func APIAlias(a Alias) ([]byte, error) {
	record := &route53.RecordSet{
		Comment:        pointer("The API of Panther, reached through its own domain."),
		HostedZoneName: pointer(sub("${PantherHostedZoneName}.")),
		Name:           sub("api.${PantherDomainName}."),
		Type:           "A",
		AliasTarget: &route53.RecordSet_AliasTarget{
			DNSName:              ref("PantherApiDistributionDomainName"),
			HostedZoneId:         ref("PantherApiDistributionHostedZoneId"),
			EvaluateTargetHealth: pointer(false),
		},
	}
	return render("Alias record for the API of a Panther deployment with a custom domain.", []parameter{
		{name: "PantherDomainName", kind: "String", description: "Domain that Panther runs on, such as panther.example.com", preset: a.Domain},
		{name: "PantherHostedZoneName", kind: "String", description: "Route 53 hosted zone of that domain, such as example.com", preset: a.HostedZone},
		{name: "PantherApiDistributionHostedZoneId", kind: "String", description: "Output of that name of the Bootstrap stack", preset: a.DistributionZone},
		{name: "PantherApiDistributionDomainName", kind: "String", description: "Output of that name of the Bootstrap stack", preset: a.DistributionDomain},
	}, []resource{{id: "PantherApiSubdomain", typed: record}})
}
