package releases

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

var (
	minorForm  = regexp.MustCompile(`^\d{1,6}\.\d{1,6}$`)
	nameForm   = regexp.MustCompile(`^[A-Za-z0-9]{1,255}$`)
	regionForm = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d$`)
)

func text(r *rows, n *yaml.Node, path string) (any, error) {
	if n.Kind != yaml.ScalarNode {
		return nil, r.fail(n, path, "a text is expected")
	}
	if strings.HasSuffix(path, ".name") && !nameForm.MatchString(n.Value) {
		return nil, r.fail(n, path, fmt.Sprintf("%q is no name of a parameter", n.Value))
	}
	return n.Value, nil
}

func version(r *rows, n *yaml.Node, path string) (any, error) {
	if n.Kind != yaml.ScalarNode {
		return nil, r.fail(n, path, "a version is expected")
	}
	if _, err := Parse(n.Value); err != nil {
		return nil, r.fail(n, path, err.Error())
	}
	return strings.TrimPrefix(n.Value, "v"), nil
}

// newVersion is a version that the built-in matrix does not know.
func newVersion(r *rows, n *yaml.Node, path string) (any, error) {
	v, err := version(r, n, path)
	if err == nil && v != r.first && !later(v.(string), r.first) {
		err = r.fail(n, path, v.(string)+" is known to the built-in matrix, which goes before the file; a file begins at "+r.first)
	}
	return v, err
}

func newMinor(r *rows, n *yaml.Node, path string) (any, error) {
	if n.Kind != yaml.ScalarNode || !minorForm.MatchString(n.Value) {
		return nil, r.fail(n, path, "a minor is expected, in quotes: \"1.40\"")
	}
	if n.Tag == "!!float" { // 1.40 is 1.4 to whoever reads the file as data
		return nil, r.fail(n, path, "write the minor "+n.Value+" in quotes, or it is a number")
	}
	return n.Value, nil
}

func names(r *rows, n *yaml.Node, path string) (any, error) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return nil, r.fail(n, path, "a list of regions is expected")
	}
	var out []any
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode || !regionForm.MatchString(item.Value) {
			return nil, r.fail(item, path, fmt.Sprintf("%q is no region", item.Value))
		}
		out = append(out, item.Value)
	}
	return out, nil
}

func entry(r *rows, n *yaml.Node, path string) (any, error) {
	if n.Kind != yaml.ScalarNode || n.Value != "panther" && n.Value != "proxy" {
		return nil, r.fail(n, path, "panther or proxy is expected")
	}
	return n.Value, nil
}

// later tells whether the first version comes after the second.
func later(a, b string) bool {
	x, err := Parse(a)
	y, other := Parse(b)
	return err == nil && other == nil && y.LessThan(x)
}

// following is the first version of the minor after a minor.
func following(minor string) (string, error) {
	v, err := Parse(minor + ".0")
	if err != nil {
		return "", err
	}
	return v.IncMinor().String(), nil
}
