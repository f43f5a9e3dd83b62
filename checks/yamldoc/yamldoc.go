// Package yamldoc reads one YAML or JSON document into nodes that keep the
// file, line and column of everything in it.
//
// It is the only way foreign text (templates, parameter files, configuration,
// recorded facts) enters the program, so the limits that keep hostile input
// from costing time or memory stand here. It knows nothing of CloudFormation.
package yamldoc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"
)

// Limits on one document. A template body is at most 1 MB for CloudFormation;
// the size limit leaves room to say so as a finding rather than as an error.
const (
	MaxBytes = 8 << 20
	MaxDepth = 200
	MaxNodes = 1_000_000
)

// Document is one parsed file. Root is the document's content, never a
// DocumentNode and never nil.
type Document struct {
	File  string
	Bytes []byte
	Root  *yaml.Node
	// Comments are where comments stand in a JSON text; only with Options.Comments.
	Comments []Place
}

// Place is a position in a text, counted in characters from 1.
type Place struct{ Line, Column int }

// Options name faults that the caller judges itself: they do not refuse the
// file. The limits hold whatever they say.
type Options struct {
	AnyKeys  bool // a key twice in one mapping, a key that is not text
	Comments bool // comments in JSON, which are read as white space
}

// Parse reads the one document in text. File is only used in messages. The
// error is an *Error. An alias stays an alias node; following every one of them
// visits at most MaxNodes nodes. Positions count from after a byte order mark.
func Parse(file string, text []byte) (*Document, error) {
	return ParseWith(file, text, Options{})
}

// ParseWith is Parse with faults left to the caller.
func ParseWith(file string, text []byte, o Options) (*Document, error) {
	if len(text) > MaxBytes {
		return nil, &Error{File: file, Line: 1, Column: 1, Message: fmt.Sprintf("%d bytes are more than the %d that are read", len(text), MaxBytes)}
	}
	body := bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := plainText(file, body); err != nil {
		return nil, err
	}
	var comments []Place
	if o.Comments {
		body, comments = blankComments(body)
	}
	joined, joins := joinSurrogates(body)
	root, err := load(file, joined)
	if err != nil {
		return nil, err
	}
	if len(joins) > 0 {
		restore(root, joins)
	}
	c := checker{file: file, budget: MaxNodes, anyKeys: o.AnyKeys}
	if err := c.check(root, 0); err != nil {
		return nil, err
	}
	return &Document{File: file, Bytes: text, Root: root, Comments: comments}, nil
}

func load(file string, body []byte) (*yaml.Node, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(body))
	if err != nil {
		return nil, loadError(file, err)
	}
	var first, second yaml.Node
	switch err := loader.Load(&first); {
	case errors.Is(err, io.EOF):
		return nil, &Error{File: file, Line: 1, Column: 1, Message: "the document is empty"}
	case err != nil:
		return nil, loadError(file, err)
	}
	switch err := loader.Load(&second); {
	case err == nil:
		return nil, &Error{File: file, Line: second.Line, Column: second.Column, Message: "a second document begins here; one is read"}
	case !errors.Is(err, io.EOF):
		return nil, loadError(file, err)
	}
	root := &first
	if root.Kind == yaml.DocumentNode && len(root.Content) == 1 {
		root = root.Content[0]
	}
	if isNull(root) {
		return nil, &Error{File: file, Line: 1, Column: 1, Message: "the document is empty"}
	}
	return root, nil
}

func isNull(n *yaml.Node) bool {
	return n.Kind == 0 || n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

func loadError(file string, err error) error {
	var le *yaml.LoadError
	if !errors.As(err, &le) {
		return &Error{File: file, Line: 1, Column: 1, Message: err.Error()}
	}
	m := le.Mark
	if m.Line == 0 {
		m = le.ContextMark
	}
	return &Error{File: file, Line: max(m.Line, 1), Column: max(m.Column, 1), Message: le.Message}
}
