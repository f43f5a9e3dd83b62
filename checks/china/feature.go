package china

import (
	"slices"
	"strings"
	"sync"
)

// Handler is what the transform does about a feature.
type Handler string

// The handlers of the transform.
const (
	RemoveProperty      Handler = "remove_property"      // the property goes
	RemoveItem          Handler = "remove_item"          // what stands in the list or map goes
	RemoveResource      Handler = "remove_resource"      // the resource goes
	RegionalEndpoint    Handler = "regional_endpoint"    // the endpoint becomes regional
	RegionalCertificate Handler = "regional_certificate" // CertificateArn becomes RegionalCertificateArn
	EndpointService     Handler = "endpoint_service"     // com.amazonaws becomes cn.com.amazonaws
	Report              Handler = "report"               // a finding: a person decides
)

// Handlers are all of them.
var Handlers = []Handler{RemoveProperty, RemoveItem, RemoveResource, RegionalEndpoint, RegionalCertificate, EndpointService, Report}

// Feature is one row: a property that AWS China refuses for its value, or for
// being there, though it has the resource type.
type Feature struct {
	Type string
	// Path leads to the property below Properties: A.B, with * for any item of a
	// list and any value of a map.
	Path string

	Matches  pattern // refused is a text that matches
	Mentions string  // refused is a text that holds this
	Present  bool    // refused is anything
	Absent   bool    // refused is what AWS does when the property is not there
	Services bool    // refused are the names of EndpointServices
	When     *struct {
		Path    string
		Matches pattern
	}

	Transform Handler
	// Severity of the transform's finding: warning or info for what need not fail
	// in China, which the check says nothing of; empty is an error.
	Severity string
	// JudgedAs names what the check judges instead: the row of what SAM makes of
	// the property, a resource type, or the registry of the region.
	JudgedAs string `json:"judged_as"`

	Message, Fix, Source string
	steps                []string
}

var features = lazily[struct {
	Rows             []Feature
	EndpointServices struct {
		Prefixed map[string][]string
	} `json:"endpoint_services"`
}]("features")

var featuresByType = sync.OnceValue(func() map[string][]Feature {
	out := map[string][]Feature{}
	for _, f := range features().Rows {
		f.steps = strings.Split(f.Path, ".")
		out[f.Type] = append(out[f.Type], f)
	}
	return out
})

// Features are the rows of the table, by resource type.
func Features() map[string][]Feature { return featuresByType() }

// Prefixed tells whether the interface endpoint of a service has a name that
// begins with cn.com.amazonaws in a region.
func Prefixed(region, service string) bool {
	return slices.Contains(features().EndpointServices.Prefixed[region], service)
}

// At tells whether the row is about the property at a path of steps.
func (f Feature) At(steps []string) bool { return follows(f.steps, steps) }

// Item tells whether the row is about a part of the item at a path of steps, and
// gives the steps from there.
func (f Feature) Item(steps []string) (below []string, ok bool) {
	last := len(f.steps) - 1
	for last >= 0 && f.steps[last] != "*" {
		last--
	}
	if last < 0 || !follows(f.steps[:last+1], steps) {
		return nil, false
	}
	return f.steps[last+1:], true
}

// Steps lead to the property.
func (f Feature) Steps() []string { return f.steps }

// Refuses tells whether AWS China refuses a text there for what it says.
func (f Feature) Refuses(text string) bool {
	return f.Matches.Regexp != nil && f.Matches.MatchString(text)
}

func follows(pattern, steps []string) bool {
	return slices.EqualFunc(pattern, steps, func(p, s string) bool { return p == "*" || p == s })
}
