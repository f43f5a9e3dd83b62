package transform

import "go.yaml.in/yaml/v4"

// NestedURLs are the texts by which a template names those it nests, as far as
// its text tells.
func NestedURLs(root *yaml.Node) []string {
	var urls []string
	each(get(root, "Resources"), func(_, node *yaml.Node) {
		typ, _ := literal(get(node, "Type"))
		r := &resource{typ: typ, props: get(node, "Properties")}
		if url := r.templateURL(); url != nil {
			if text, ok := flatten(url); ok {
				urls = append(urls, text)
			}
		}
	})
	return urls
}
