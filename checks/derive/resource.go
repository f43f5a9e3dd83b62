package derive

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// resource is one resource of the release with what its needs rest on.
type resource struct {
	template.Resource
	properties template.Value
	tags       tagSet
	assets     []checks.Asset
	texts      []propertyText
}

// propertyText is one text among the properties, with the name of the property
// that holds it.
type propertyText struct {
	key  string
	text text
}

// resources reads the tree. What does not exist under the given conditions is
// left out.
func resources(tree *template.Tree, assets []checks.Asset, root []checks.Tag) []*resource {
	bySubject := map[string][]checks.Asset{}
	for _, a := range assets {
		bySubject[a.Subject] = append(bySubject[a.Subject], a)
	}
	var out []*resource
	for r := range tree.Resources() {
		if r.Exists == template.No {
			continue
		}
		p := r.Properties()
		one := &resource{Resource: r, properties: p, tags: tagsOf(r, p, root), assets: bySubject[r.Subject]}
		leaves(p, "", func(key string, v template.Value) {
			one.texts = append(one.texts, propertyText{key, textOf(v)})
		})
		out = append(out, one)
	}
	return out
}

// text is a text of which parts may be unknown; those are stars.
type text struct {
	value   string
	pattern bool
}

func textOf(v template.Value) text {
	return text{v.Text(), v.Kind != template.Literal || v.Text() == "*" && !isLiteral(v)}
}

func isLiteral(v template.Value) bool {
	_, known := v.Literal()
	return known
}
