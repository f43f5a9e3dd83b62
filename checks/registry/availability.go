package registry

import "strings"

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

// Listed tells whether the registry of region lists the type, whatever else is
// known of it.
func Listed(region, typ string) bool {
	i, err := embedded.index()
	if err != nil {
		return false
	}
	bit, _ := i.bit(region)
	return i.sets[typ]&bit != 0
}

// Doubt names what speaks against a type that a region lists; empty for most.
func Doubt(region, typ string) string {
	for _, row := range overrides().doubted {
		if row.of(typ) && row.in(region) {
			return row.second
		}
	}
	return ""
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
