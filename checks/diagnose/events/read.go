package events

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"regexp"
	"unicode/utf16"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Read reads the saved events of one file. The error is a *yamldoc.Error.
func Read(file string, text []byte) ([]Event, error) {
	all, err := read(file, text)
	for i := range all {
		all[i].File = file
	}
	return all, err
}

func read(file string, text []byte) ([]Event, error) {
	text, err := decoded(file, text)
	if err != nil {
		return nil, err
	}
	body := bytes.TrimSpace(text)
	switch {
	case len(body) == 0:
		return nil, &yamldoc.Error{File: file, Line: 1, Column: 1, Message: "the file is empty; " + Wanted}
	case body[0] == '{' || body[0] == '[':
		return documents(file, body, concatenated)
	case tableEdge.Match(body):
		return table(file, body)
	case yamlStart.Match(body):
		return documents(file, body, yamlStream)
	}
	return lines(file, body)
}

// Wanted says what to give instead of what cannot be read.
const Wanted = "give what `aws cloudformation describe-stack-events --stack-name NAME --output json` prints"

var (
	tableEdge = regexp.MustCompile(`^(-{6,}|\+-{3,})`)
	yamlStart = regexp.MustCompile(`^(---\s|- |-\n|(StackEvents|OperationEvents|Records|Events|EventId|StackId)\s*:)`)
)

// decoded takes away a compression, and the encoding that PowerShell writes.
func decoded(file string, text []byte) ([]byte, error) {
	if bytes.HasPrefix(text, []byte{0x1f, 0x8b}) {
		r, err := gzip.NewReader(bytes.NewReader(text))
		if err == nil {
			text, err = io.ReadAll(io.LimitReader(r, yamldoc.MaxBytes+1))
		}
		if err != nil {
			return nil, &yamldoc.Error{File: file, Line: 1, Column: 1, Message: "the compressed file cannot be read: " + err.Error()}
		}
	}
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
		return utf8Of(text[2:], 0, 1), nil
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		return utf8Of(text[2:], 1, 0), nil
	}
	return bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), []byte("\r\n"), []byte("\n")), nil
}

func utf8Of(text []byte, low, high int) []byte {
	var units []uint16
	for i := 0; i+1 < len(text); i += 2 {
		units = append(units, uint16(text[i+low])|uint16(text[i+high])<<8)
	}
	return bytes.ReplaceAll([]byte(string(utf16.Decode(units))), []byte("\r\n"), []byte("\n"))
}

// documents reads JSON or YAML: one document, or one after the other, as the
// pages of an answer are printed.
func documents(file string, body []byte, split func([]byte) [][]byte) ([]Event, error) {
	doc, err := yamldoc.Parse(file, body)
	if err == nil {
		return tree(file, doc.Root)
	}
	parts := split(body)
	if len(parts) < 2 {
		return nil, err
	}
	var all []Event
	for _, part := range parts {
		doc, err := yamldoc.Parse(file, part)
		if err != nil {
			return nil, err
		}
		events, err := tree(file, doc.Root)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}

// concatenated are JSON documents that stand one after the other.
func concatenated(text []byte) [][]byte {
	var parts [][]byte
	decoder := json.NewDecoder(bytes.NewReader(text))
	for decoder.More() {
		var part json.RawMessage
		if decoder.Decode(&part) != nil {
			return nil
		}
		parts = append(parts, part)
	}
	return parts
}

var documentEdge = regexp.MustCompile(`(?m)^---\s*$`)

func yamlStream(text []byte) [][]byte {
	var parts [][]byte
	from := 0
	for _, at := range append(documentEdge.FindAllIndex(text, -1), []int{len(text), len(text)}) {
		if part := bytes.TrimSpace(text[from:at[0]]); len(part) > 0 {
			parts = append(parts, part)
		}
		from = at[1]
	}
	return parts
}

func fail(file string, n *yaml.Node, key, message string) error {
	return &yamldoc.Error{File: file, Line: n.Line, Column: n.Column, Key: key, Message: message}
}
