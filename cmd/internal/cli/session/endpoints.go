package session

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
)

// EndpointsOf are where the calls of these configurations go that is not AWS.
func EndpointsOf(configs ...aws.Config) []checks.Endpoint {
	var all []checks.Endpoint
	for _, cfg := range configs {
		for _, e := range awsconfig.Foreign(cfg) {
			if one := (checks.Endpoint{URL: e.URL, Service: e.Service, Source: e.Source}); !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	return all
}

// SayEndpoints says on stderr, once each, that answers may not be those of AWS.
// A report says it itself.
func (a *Session) SayEndpoints(all []checks.Endpoint) {
	for _, e := range all {
		if !slices.Contains(a.said, e) {
			a.said = append(a.said, e)
			fmt.Fprintf(a.Err, "note: %s\n", e)
		}
	}
}
