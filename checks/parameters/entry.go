package parameters

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// entry reads one element of the CloudFormation CLI's list.
func (p *parser) entry(n *yaml.Node, place string) error {
	if n.Kind != yaml.MappingNode {
		return p.fail(n, place, "an entry has ParameterKey and ParameterValue")
	}
	var g Given
	hasValue := false
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, node := n.Content[i], n.Content[i+1]
		var err error
		switch key.Value {
		case "ParameterKey":
			g.Name, err = p.value(node, place+".ParameterKey")
		case "ParameterValue":
			hasValue = true
			g.Value, err = p.value(node, place+".ParameterValue")
		case "UsePreviousValue":
			g.UsePrevious, err = p.boolean(node, place)
		case "ResolvedValue":
			// What describe-stacks prints beside the others.
		default:
			err = p.fail(key, place+"."+key.Value, "unknown key; an entry has ParameterKey, ParameterValue and UsePreviousValue")
		}
		if err != nil {
			return err
		}
	}
	switch {
	case g.Name == "":
		return p.fail(n, place, "ParameterKey is missing")
	case g.UsePrevious && hasValue:
		return p.fail(n, place, fmt.Sprintf("%s has both a value and UsePreviousValue", g.Name))
	case !g.UsePrevious && !hasValue:
		return p.fail(n, place, fmt.Sprintf("%s has neither ParameterValue nor UsePreviousValue", g.Name))
	}
	return p.add(n, g)
}

func (p *parser) boolean(n *yaml.Node, place string) (bool, error) {
	switch n.Value {
	case "true", "True":
		return true, nil
	case "false", "False":
		return false, nil
	}
	return false, p.fail(n, place+".UsePreviousValue", "must be true or false")
}
