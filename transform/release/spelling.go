package release

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// names are the names that a manifest may hold, by how deep they stand. The
// decoder of the standard library takes other letter cases, the last of two
// equal names, and what follows a document, each of which would let two readers
// of one manifest see two of them.
var names = map[int][]string{
	1: {"schema_version", "release", "bucket", "objects", "images"},
	2: {"key", "size", "sha256", "etag", "kind", "referenced_by"},
}

// spelling holds that a manifest is one JSON document in which every name is
// known, spelt exactly and there once.
func spelling(text []byte) error {
	if !utf8.Valid(text) {
		return errors.New("it is not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := object(d, text, 1); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("line %d: something follows the document", line(text, d))
	}
	return nil
}

// object reads an object of the manifest with what is in it.
func object(d *json.Decoder, text []byte, depth int) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(err, fmt.Errorf("line %d: an object is expected", line(text, d)))
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		switch {
		case !slices.Contains(names[depth], name):
			return fmt.Errorf("line %d: %q is none of %s", line(text, d), name, strings.Join(names[depth], ", "))
		case seen[name]:
			return fmt.Errorf("line %d: %q is there twice", line(text, d), name)
		}
		seen[name] = true
		if depth == 1 && name == "objects" {
			err = objects(d, text)
		} else {
			err = plain(d, text)
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func objects(d *json.Decoder, text []byte) error {
	switch t, err := d.Token(); {
	case err != nil:
		return err
	case t != json.Delim('['):
		return fmt.Errorf("line %d: objects is no list", line(text, d))
	}
	for d.More() {
		if err := object(d, text, 2); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// plain reads a text, a number or a list of texts. Nothing else is in a manifest.
func plain(d *json.Decoder, text []byte) error {
	var value any
	if err := d.Decode(&value); err != nil {
		return err
	}
	texts, isList := value.([]any)
	for _, t := range texts {
		if _, ok := t.(string); !ok {
			return fmt.Errorf("line %d: a text is expected", line(text, d))
		}
	}
	switch value.(type) {
	case string, json.Number:
		return nil
	}
	if isList {
		return nil
	}
	return fmt.Errorf("line %d: a text, a number or a list of texts is expected", line(text, d))
}

// line is where the decoder is.
func line(text []byte, d *json.Decoder) int {
	return 1 + bytes.Count(text[:min(d.InputOffset(), int64(len(text)))], []byte("\n"))
}
