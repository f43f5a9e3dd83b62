package remove

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

var apiBodies = map[string]string{
	"AWS::ApiGateway::RestApi": "/Body", "AWS::ApiGatewayV2::Api": "/Body",
	"AWS::Serverless::Api": "/DefinitionBody", "AWS::Serverless::HttpApi": "/DefinitionBody",
}

// openAPI repairs the body of an API: an operation with a lost operand goes;
// anything else lost loses the whole body.
func (w *refChecker) openAPI(n *yaml.Node, path string) (outcome, bool) {
	if apiBodies[w.typ] != path || path == "" {
		return outcome{}, false
	}
	var out outcome
	for i := 0; i+1 < len(n.Content); i += 2 {
		v := n.Content[i+1]
		o := outcome{}
		if n.Content[i].Value == "paths" && v.Kind == yaml.MappingNode {
			o = w.operations(v)
		} else {
			o = w.strict(v)
		}
		if o.lost != nil {
			return o, true
		}
		out.add(o)
	}
	return out, true
}

var methods = map[string]bool{"get": true, "put": true, "post": true, "delete": true, "options": true, "head": true, "patch": true,
	"trace": true, "x-amazon-apigateway-any-method": true}

// operations drops operations, and the paths that lose all of theirs.
func (w *refChecker) operations(paths *yaml.Node) outcome {
	var out outcome
	var first *plan.Cause
	left := 0
	for i := 0; i+1 < len(paths.Content); i += 2 {
		v := paths.Content[i+1]
		o := w.operationsOf(v)
		if o.lost == nil {
			left++
			out.add(o)
			continue
		}
		first = o.lost
		w.drop(&out, v, o.lost)
	}
	if left == 0 && first != nil {
		return lost(first)
	}
	return out
}

func (w *refChecker) operationsOf(path *yaml.Node) outcome {
	if path.Kind != yaml.MappingNode {
		return w.strict(path)
	}
	if _, call := syntax.Intrinsic(path); call {
		return w.strict(path)
	}
	var out outcome
	var first *plan.Cause
	left := 0
	for i := 0; i+1 < len(path.Content); i += 2 {
		v := path.Content[i+1]
		o := w.strict(v)
		switch {
		case o.lost == nil:
			out.add(o)
			if methods[strings.ToLower(path.Content[i].Value)] {
				left++
			}
		case methods[strings.ToLower(path.Content[i].Value)]:
			first = o.lost
			w.drop(&out, v, o.lost)
		default:
			return o
		}
	}
	if left == 0 && first != nil {
		return lost(first)
	}
	return out
}
