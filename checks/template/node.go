package template

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

type nodeKind uint8

const (
	scalarNode nodeKind = iota
	nullNode
	listNode
	mapNode
	callNode
)

// node is one value of a template. Short tags and long forms are the same
// call; a scalar is the text that CloudFormation sees.
type node struct {
	kind         nodeKind
	text         string  // scalar
	fn           string  // call: "Ref", "Condition" or "Fn::…"
	items        []*node // list items; the one argument of a call
	entries      []entry // map
	line, column int
}

type entry struct {
	key          string
	line, column int
	value        *node
}

func (n *node) arg() *node { return n.items[0] }

// get returns the value under key, or nil.
func (n *node) get(key string) *node {
	if n == nil || n.kind != mapNode {
		return nil
	}
	for i := range n.entries {
		if n.entries[i].key == key {
			return n.entries[i].value
		}
	}
	return nil
}

// path follows keys from map to map.
func (n *node) path(keys ...string) *node {
	for _, k := range keys {
		n = n.get(k)
	}
	return n
}

func (n *node) isScalar() bool { return n != nil && n.kind == scalarNode }

// shortTags are the functions that have a short form.
var shortTags = map[string]string{
	"!Ref": "Ref", "!Condition": "Condition",
	"!And": "Fn::And", "!Base64": "Fn::Base64", "!Cidr": "Fn::Cidr", "!Equals": "Fn::Equals",
	"!FindInMap": "Fn::FindInMap", "!GetAZs": "Fn::GetAZs", "!GetAtt": "Fn::GetAtt", "!If": "Fn::If",
	"!ImportValue": "Fn::ImportValue", "!Join": "Fn::Join", "!Length": "Fn::Length", "!Not": "Fn::Not",
	"!Or": "Fn::Or", "!Select": "Fn::Select", "!Split": "Fn::Split", "!Sub": "Fn::Sub",
	"!ToJsonString": "Fn::ToJsonString", "!Transform": "Fn::Transform",
	"!Contains": "Fn::Contains", "!EachMemberEquals": "Fn::EachMemberEquals", "!EachMemberIn": "Fn::EachMemberIn",
	"!RefAll": "Fn::RefAll", "!ValueOf": "Fn::ValueOf", "!ValueOfAll": "Fn::ValueOfAll",
}

// plainTags are the tags that YAML itself gives to values.
var plainTags = map[string]bool{
	"!!str": true, "!!int": true, "!!float": true, "!!bool": true, "!!null": true, "!!timestamp": true,
	"!!map": true, "!!seq": true, "!!merge": true,
}

// converter makes nodes of parsed YAML. An alias becomes the node of its
// anchor, so that a document that repeats itself costs no memory.
type converter struct {
	file    string
	anchors map[*yaml.Node]*node
}

func (c *converter) node(y *yaml.Node) (*node, error) {
	if y.Kind == yaml.AliasNode {
		if n := c.anchors[y.Alias]; n != nil {
			return n, nil
		}
		n, err := c.node(y.Alias)
		c.anchors[y.Alias] = n
		return n, err
	}
	fn, err := c.short(y)
	if err != nil {
		return nil, err
	}
	n, err := c.plain(y)
	if err != nil || fn == "" {
		return n, err
	}
	return &node{kind: callNode, fn: fn, items: []*node{n}, line: y.Line, column: y.Column}, nil
}

// short returns the function that the node's tag calls, if it calls one.
func (c *converter) short(y *yaml.Node) (string, error) {
	if y.Tag == "" || y.Tag == "!" || plainTags[y.Tag] {
		return "", nil
	}
	fn, known := shortTags[y.Tag]
	if !known {
		return "", &yamldoc.Error{File: c.file, Line: y.Line, Column: y.Column, Message: fmt.Sprintf("the tag %q is no CloudFormation function", y.Tag)}
	}
	return fn, nil
}

func (c *converter) plain(y *yaml.Node) (*node, error) {
	n := &node{line: y.Line, column: y.Column}
	switch y.Kind {
	case yaml.SequenceNode:
		n.kind, n.items = listNode, make([]*node, 0, len(y.Content))
		for _, item := range y.Content {
			v, err := c.node(item)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, v)
		}
	case yaml.MappingNode:
		return c.mapping(y, n)
	default:
		switch n.text = y.Value; y.Tag {
		case "!!null":
			n.kind = nullNode
		case "!!bool": // True and TRUE are the text true
			n.text = strings.ToLower(y.Value)
		}
	}
	return n, nil
}

func (c *converter) mapping(y *yaml.Node, n *node) (*node, error) {
	n.kind, n.entries = mapNode, make([]entry, 0, len(y.Content)/2)
	for i := 0; i+1 < len(y.Content); i += 2 {
		k := y.Content[i]
		v, err := c.node(y.Content[i+1])
		if err != nil {
			return nil, err
		}
		n.entries = append(n.entries, entry{k.Value, k.Line, k.Column, v})
	}
	if len(n.entries) == 1 && isFunction(n.entries[0].key) {
		n.kind, n.fn, n.items, n.entries = callNode, n.entries[0].key, []*node{n.entries[0].value}, nil
	}
	return n, nil
}

// isFunction tells a call in long form from a map; a loop is a map entry whose
// result joins its neighbours.
func isFunction(key string) bool {
	return key == "Ref" || strings.HasPrefix(key, "Fn::") && !strings.HasPrefix(key, loopKey)
}

const loopKey = "Fn::ForEach::"
