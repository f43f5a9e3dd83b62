package iam

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxDepth is more than twice what a policy can nest.
const maxDepth = 16

type nodeKind uint8

const (
	nodeObject nodeKind = iota
	nodeList
	nodeString
	nodeScalar // a number or a boolean, text as written
	nodeNull
)

// node is one JSON value with its place. encoding/json into a map would lose
// the order of conditions and the fact that a key stood twice.
type node struct {
	kind    nodeKind
	text    string
	members []member
	items   []node
	start   int64
	end     int64
}

type member struct {
	key   string
	value node
	start int64
}

func (n *node) member(key string) *node {
	for i := range n.members {
		if n.members[i].key == key {
			return &n.members[i].value
		}
	}
	return nil
}

// list is the node's items, or the node alone when it is not a list: most
// policy elements take one value or several.
func (n *node) list() []node {
	if n.kind == nodeList {
		return n.items
	}
	return []node{*n}
}

// nodeError is a JSON fault at a byte offset.
type nodeError struct {
	offset  int64
	key     string
	message string
}

func (e *nodeError) Error() string { return e.message }

// readNodes reads exactly one JSON value.
func readNodes(doc []byte) (node, error) {
	if !utf8.Valid(doc) {
		return node{}, &nodeError{message: "the text is not UTF-8"}
	}
	if len(bytes.TrimSpace(doc)) == 0 {
		return node{}, &nodeError{message: "the document is empty"}
	}
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	r := nodeReader{dec: dec, doc: doc}
	n, err := r.value(0)
	if err != nil {
		return node{}, r.locate(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return node{}, &nodeError{offset: dec.InputOffset(), message: "text follows the end of the document"}
	}
	return n, nil
}

type nodeReader struct {
	dec *json.Decoder
	doc []byte
}

func (r *nodeReader) value(depth int) (node, error) {
	if depth > maxDepth {
		return node{}, &nodeError{offset: r.dec.InputOffset(), message: fmt.Sprintf("values are nested deeper than %d", maxDepth)}
	}
	tok, err := r.dec.Token()
	if err != nil {
		return node{}, err
	}
	n := node{start: r.dec.InputOffset()}
	switch t := tok.(type) {
	case json.Delim:
		n.start-- // a delimiter is one byte, already read
		if t == '{' {
			err = r.object(&n, depth)
		} else {
			err = r.array(&n, depth)
		}
	case string:
		n.kind, n.text = nodeString, t
	case json.Number:
		n.kind, n.text = nodeScalar, t.String()
	case bool:
		n.kind, n.text = nodeScalar, fmt.Sprint(t)
	default:
		n.kind = nodeNull
	}
	n.end = r.dec.InputOffset()
	return n, err
}

func (r *nodeReader) object(n *node, depth int) error {
	n.kind = nodeObject
	seen := map[string]bool{}
	for r.dec.More() {
		tok, err := r.dec.Token()
		if err != nil {
			return err
		}
		key := tok.(string) // the decoder allows nothing else before a colon
		at := r.dec.InputOffset()
		if seen[key] {
			return &nodeError{offset: at, key: key, message: "the key stands twice"}
		}
		seen[key] = true
		value, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.members = append(n.members, member{key: key, value: value, start: at})
	}
	_, err := r.dec.Token()
	return err
}

func (r *nodeReader) array(n *node, depth int) error {
	n.kind = nodeList
	for r.dec.More() {
		item, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, err := r.dec.Token()
	return err
}

// locate gives a fault of the JSON decoder the place where it stands.
func (r *nodeReader) locate(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return &nodeError{offset: syntax.Offset, message: "not JSON: " + syntax.Error()}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &nodeError{offset: int64(len(r.doc)), message: "not JSON: the document ends too early"}
	}
	return err
}
