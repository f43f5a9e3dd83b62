// Package chinatypes tells which CloudFormation resource types the two AWS
// China regions have. It holds data and the rules that correct the data; it
// reads no template and makes no call. Standard library only.
package chinatypes

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

// The two regions of the partition aws-cn.
const (
	Beijing = "cn-north-1"
	Ningxia = "cn-northwest-1"
)

// IsRegion tells whether region is one of the two.
func IsRegion(region string) bool { return region == Beijing || region == Ningxia }

//go:embed types.txt.gz
var packed []byte

type table struct {
	source string
	flags  map[string]byte
	err    error
}

var load = sync.OnceValue(func() table {
	t := table{flags: map[string]byte{}}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return table{err: fmt.Errorf("read the embedded type table: %w", err)}
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return table{err: fmt.Errorf("read the embedded type table: %w", err)}
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		if source, ok := strings.CutPrefix(line, "# "); ok {
			t.source = source
		} else if len(line) > 1 {
			t.flags[line[1:]] = line[0] - '0'
		}
	}
	return t
})

// Source says where the type lists were read from.
func Source() string { return load().source }

// Available tells whether region, one of the two China regions, has the
// resource type. known is false when nothing is known of the type (a future
// type, a private type, a module) or of the region; available is false then.
func Available(region, typ string) (known, available bool) {
	if !IsRegion(region) {
		return false, false
	}
	if custom(typ) {
		return true, true
	}
	if rule, ok := override(region, typ); ok {
		return true, rule.Available
	}
	_, known = load().flags[typ]
	return known, Listed(region, typ)
}

// Listed tells whether the registry of region lists the type, whatever else is
// known of it.
func Listed(region, typ string) bool {
	bit := byte(1)
	if region == Ningxia {
		bit = 2
	}
	return IsRegion(region) && load().flags[typ]&bit != 0
}

// custom are the types that are no types of a registry: custom resources, and
// the serverless types, which the transform of that name turns into others in
// both regions.
func custom(typ string) bool {
	return strings.HasPrefix(typ, "Custom::") || typ == "AWS::CloudFormation::CustomResource" || serverless[typ]
}

var serverless = map[string]bool{
	"AWS::Serverless::Api": true, "AWS::Serverless::Application": true, "AWS::Serverless::CapacityProvider": true,
	"AWS::Serverless::Connector": true, "AWS::Serverless::Function": true, "AWS::Serverless::GraphQLApi": true,
	"AWS::Serverless::HttpApi": true, "AWS::Serverless::LayerVersion": true, "AWS::Serverless::SimpleTable": true,
	"AWS::Serverless::StateMachine": true, "AWS::Serverless::WebSocketApi": true,
}
