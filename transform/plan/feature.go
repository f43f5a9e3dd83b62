package plan

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
)

// Refused tells whether AWS China refuses what stands where a row says, in a
// resource with these properties.
func Refused(f china.Feature, props, n *cfn.Node) bool {
	switch {
	case n == nil:
		return false
	case f.When != nil:
		if text, ok := Flatten(props.At(strings.Split(f.When.Path, ".")...)); !ok || !f.When.Matches.MatchString(text) {
			return false
		}
	case f.Mentions != "":
		return Mentions(n, f.Mentions)
	}
	text, ok := Flatten(n)
	return f.Present || ok && f.Refuses(text)
}

// Mentions tells whether a text stands in any scalar below n.
func Mentions(n *cfn.Node, part string) bool {
	if n == nil {
		return false
	}
	if n.IsScalar() {
		return strings.Contains(n.Text, part)
	}
	return slices.ContainsFunc(n.Children(), func(c *cfn.Node) bool { return Mentions(c, part) })
}
