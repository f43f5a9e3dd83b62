package registry

import (
	"maps"
	"slices"
	"strings"
)

// The two regions of the partition aws-cn.
const (
	Beijing = "cn-north-1"
	Ningxia = "cn-northwest-1"
)

// IsChina tells whether region is one of the two.
func IsChina(region string) bool { return region == Beijing || region == Ningxia }

// Availability is whether a region has a type.
type Availability uint8

// Nothing is known of a type that no region lists (a future type, a private
// one, a module), and of a region that publishes no registry.
const (
	UnknownAvailability Availability = iota
	Available
	Missing
)

// Offered tells whether a region has a type. reason says why where that is not
// what the registry of the region says.
func Offered(region, typ string) (a Availability, reason string) {
	i, err := embedded.index()
	if err != nil {
		return UnknownAvailability, ""
	}
	bit, known := i.bit(region)
	switch {
	case !known:
		return UnknownAvailability, ""
	case everywhere(typ):
		return Available, ""
	}
	if row, ok := overrides().missing[typ]; ok && row.in(region) {
		return Missing, row.second
	}
	set, listed := i.sets[typ]
	switch {
	case !listed:
		return UnknownAvailability, ""
	case set&bit == 0:
		return Missing, ""
	}
	return Available, ""
}

// Available tells whether a region has the type, as Offered does.
func (t *Type) Available(region string) (Availability, string) { return Offered(region, t.Name) }

// Doubt names what speaks against a type that a region lists; empty for most.
func Doubt(region, typ string) string {
	for _, row := range overrides().doubted {
		if row.of(typ) && row.in(region) {
			return row.second
		}
	}
	return ""
}

// Disagreement is a type that the registry of a region answers for in one way
// and other documents of AWS in another.
type Disagreement struct {
	Type    string // a type, or a namespace that ends with ::
	Regions []string
	// Listed are those of the regions whose registry lists the type, all of them
	// for a namespace; there is one at least.
	Listed []string
	// Missing says that the documents win: the type counts as missing. The others
	// count as available, with a warning.
	Missing bool
	// Says is what the documents say, and Source where.
	Says, Source string
}

// Disagreements are all of them, in the order of their rows.
func Disagreements() []Disagreement {
	i, err := embedded.index()
	if err != nil {
		return nil
	}
	var out []Disagreement
	add := func(c correction, missing bool) {
		d := Disagreement{Type: c.typ, Regions: strings.Fields(c.first), Missing: missing, Says: c.second, Source: c.source}
		for _, region := range d.Regions {
			if bit, _ := i.bit(region); strings.HasSuffix(c.typ, "::") || i.sets[c.typ]&bit != 0 {
				d.Listed = append(d.Listed, region)
			}
		}
		if len(d.Listed) > 0 {
			out = append(out, d)
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(overrides().missing)) {
		add(overrides().missing[typ], true)
	}
	for _, row := range overrides().doubted {
		add(row, false)
	}
	return out
}

// everywhere are the types that are of no registry: custom resources, and the
// serverless types, which their transform turns into others in every region.
func everywhere(typ string) bool {
	return strings.HasPrefix(typ, "Custom::") || typ == customResource || Serverless(typ)
}

// Serverless tells whether a type is one that the transform
// AWS::Serverless-2016-10-31 expands.
func Serverless(typ string) bool { return serverless[typ] }

var serverless = map[string]bool{
	"AWS::Serverless::Api": true, "AWS::Serverless::Application": true, "AWS::Serverless::CapacityProvider": true,
	"AWS::Serverless::Connector": true, "AWS::Serverless::Function": true, "AWS::Serverless::GraphQLApi": true,
	"AWS::Serverless::HttpApi": true, "AWS::Serverless::LayerVersion": true, "AWS::Serverless::SimpleTable": true,
	"AWS::Serverless::StateMachine": true, "AWS::Serverless::WebSocketApi": true,
}
