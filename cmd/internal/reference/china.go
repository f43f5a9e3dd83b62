package reference

import (
	"maps"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// chinaPage is the page with the tables of what AWS China has otherwise.
const chinaPage = "docs/china-transform.md"

// chinaTables are the features that AWS China lacks and the types on which the
// registry and other documents of AWS disagree.
type chinaTables struct {
	Features      []china.Feature
	Disagreements []registry.Disagreement
}

func chinaFeatures() chinaTables {
	tables := chinaTables{Disagreements: registry.Disagreements()}
	for _, typ := range slices.Sorted(maps.Keys(china.Features())) {
		tables.Features = append(tables.Features, china.Features()[typ]...)
	}
	return tables
}

func listed(items []string) string { return strings.Join(items, ", ") }

// handling says what the transform does about a feature.
func handling(h china.Handler) string {
	switch h {
	case china.RemoveProperty:
		return "drops the property"
	case china.RemoveItem:
		return "drops the item"
	case china.RemoveResource:
		return "removes the resource"
	case china.RegionalEndpoint:
		return "makes the endpoint regional"
	case china.RegionalCertificate:
		return "moves it to `RegionalCertificateArn`"
	case china.EndpointService:
		return "writes the name of China"
	}
	return "reports it"
}
