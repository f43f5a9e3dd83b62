package plan

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// NestedURLs are the texts by which a template names those it nests, as far as
// its text tells.
func NestedURLs(root *yaml.Node) []string {
	var urls []string
	syntax.Each(syntax.Get(root, "Resources"), func(_, node *yaml.Node) {
		typ, _ := syntax.Literal(syntax.Get(node, "Type"))
		r := &Resource{Type: typ, Props: syntax.Get(node, "Properties")}
		if url := r.TemplateURL(); url != nil {
			if text, ok := syntax.Flatten(url); ok {
				urls = append(urls, text)
			}
		}
	})
	return urls
}
