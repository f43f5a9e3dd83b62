package yamldoc

import (
	"fmt"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// checker refuses, with a position, nesting past MaxDepth and aliases that
// together stand for more than MaxNodes nodes; and, unless the caller judges
// keys itself, a key twice in one mapping and a key that is not text.
type checker struct {
	file    string
	budget  int
	anyKeys bool
}

func (c *checker) check(n *yaml.Node, depth int) *Error {
	if depth > MaxDepth {
		return c.fail(n, fmt.Sprintf("nested deeper than %d levels", MaxDepth))
	}
	if c.budget--; c.budget < 0 {
		return c.fail(n, fmt.Sprintf("the document stands for more than %d nodes once its aliases are followed", MaxNodes))
	}
	switch n.Kind {
	case yaml.AliasNode:
		return c.check(n.Alias, depth+1)
	case yaml.MappingNode:
		return c.mapping(n, depth)
	case yaml.SequenceNode:
		for i, item := range n.Content {
			if err := c.check(item, depth+1); err != nil {
				return err.within(fmt.Sprintf("[%d]", i))
			}
		}
	}
	return nil
}

func (c *checker) mapping(n *yaml.Node, depth int) *Error {
	if c.anyKeys {
		return c.entries(n, depth)
	}
	first := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode || isNull(key) {
			return c.fail(key, "a key must be text")
		}
		if before, twice := first[key.Value]; twice {
			return c.fail(key, fmt.Sprintf("the key %q stands twice, first on line %d", key.Value, before.Line)).within("." + key.Value)
		}
		first[key.Value] = key
		if err := c.check(value, depth+1); err != nil {
			return err.within("." + key.Value)
		}
	}
	return nil
}

// entries looks at keys as at values: a key may be a mapping too.
func (c *checker) entries(n *yaml.Node, depth int) *Error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind != yaml.ScalarNode {
			if err := c.check(key, depth+1); err != nil {
				return err
			}
		}
		if err := c.check(value, depth+1); err != nil {
			return err.within("." + key.Value)
		}
	}
	return nil
}

func (c *checker) fail(n *yaml.Node, message string) *Error {
	return &Error{File: c.file, Line: n.Line, Column: n.Column, Message: message}
}

// plainText refuses bytes that no YAML or JSON text holds, before the parser
// sees them, so that a zip or an image is called what it is.
func plainText(file string, body []byte) error {
	line, column := 1, 1
	for i := 0; i < len(body); {
		r, size := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && size == 1 {
			return &Error{File: file, Line: line, Column: column, Message: fmt.Sprintf("byte 0x%02x is not UTF-8 text", body[i])}
		}
		if r < 0x20 && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return &Error{File: file, Line: line, Column: column, Message: fmt.Sprintf("control character 0x%02x: not a text file", r)}
		}
		i += size
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return nil
}
