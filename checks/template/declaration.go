package template

import (
	"fmt"
	"strings"
)

// declaration is one entry of Resources.
type declaration struct {
	id, kind     string
	body         *node
	properties   *node
	condition    string
	line, column int
	origin       *declaration // the SAM resource that generated this one
	unless       *node        // a value in whose place this is generated
}

func (d *document) readResources(root *node) error {
	if root.get("Resources") == nil {
		return d.fault(root, "", "no Resources: not a CloudFormation template")
	}
	n, err := d.section(root, "Resources")
	if err != nil {
		return err
	}
	for _, e := range n.entries {
		if isLoop(e.key) {
			d.loops = append(d.loops, e)
			continue
		}
		r, err := d.declare(e)
		if err != nil {
			return err
		}
		d.declared = append(d.declared, r)
	}
	return nil
}

func isLoop(key string) bool {
	return strings.HasPrefix(key, loopKey) || key == "Fn::Transform"
}

func (d *document) declare(e entry) (*declaration, error) {
	key := "Resources." + e.key
	if e.value.kind != mapNode {
		return nil, d.fault(e.value, key, "a resource is a mapping with a Type")
	}
	kind := e.value.get("Type")
	if !kind.isScalar() || kind.text == "" {
		return nil, d.fault(e.value, key, "a resource needs a Type")
	}
	r := &declaration{id: e.key, kind: kind.text, body: e.value, line: e.line, column: e.column}
	r.properties = e.value.get("Properties")
	if r.properties == nil || r.properties.kind == nullNode {
		r.properties = &node{kind: mapNode, line: e.line, column: e.column}
	}
	if r.properties.kind == listNode || r.properties.kind == scalarNode {
		return nil, d.fault(r.properties, key+".Properties", "Properties must be a mapping")
	}
	if c := e.value.get("Condition"); c != nil {
		if !c.isScalar() {
			return nil, d.fault(c, key+".Condition", fmt.Sprintf("the Condition of a resource is a name, not a %s", c.shape()))
		}
		r.condition = c.text
	}
	return r, nil
}
