package parameters

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Tags are the tags of the root stack in a CodePipeline configuration: an object
// with Parameters, Tags and StackPolicy. A file of another form has none.
func Tags(file string, text []byte) ([]checks.Tag, error) {
	doc, err := yamldoc.Parse(file, text)
	if err != nil || doc.Root.Kind != yaml.MappingNode || !isCodePipeline(doc.Root) {
		return nil, err
	}
	p := parser{file: file}
	var out []checks.Tag
	for i := 0; i+1 < len(doc.Root.Content); i += 2 {
		node := doc.Root.Content[i+1]
		if doc.Root.Content[i].Value != "Tags" {
			continue
		}
		if node.Kind != yaml.MappingNode {
			return nil, p.fail(node, "Tags", "must be a map of keys to values")
		}
		for j := 0; j+1 < len(node.Content); j += 2 {
			key := node.Content[j].Value
			value, err := p.value(node.Content[j+1], "Tags."+key)
			if err != nil {
				return nil, err
			}
			out = append(out, checks.Tag{Key: key, Value: value})
		}
	}
	return out, nil
}
