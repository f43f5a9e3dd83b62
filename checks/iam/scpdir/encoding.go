package scpdir

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"unicode/utf16"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// decoded is a text as UTF-8. PowerShell writes UTF-16 with a byte order mark
// where its output is redirected.
func decoded(text []byte) (out []byte, recoded bool, err error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(text, []byte("\ufeff")), false, nil
	}
	if text = text[2:]; len(text)%2 != 0 {
		return nil, false, errors.New("the text is UTF-16 that ends in half a character")
	}
	units := make([]uint16, 0, len(text)/2)
	for ; len(text) > 0; text = text[2:] {
		units = append(units, order.Uint16(text))
	}
	return []byte(string(utf16.Decode(units))), true, nil
}

// yamlAsJSON is a YAML mapping or list, such as the CLI's --output yaml, as
// JSON; nil when the text is none.
func yamlAsJSON(text []byte) []byte {
	doc, err := yamldoc.Parse("", text)
	if err != nil || doc.Root.Kind != yaml.MappingNode && doc.Root.Kind != yaml.SequenceNode {
		return nil
	}
	value, ok := plainValue(doc.Root)
	if !ok {
		return nil
	}
	out, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	return out
}

// plainValue is a node as JSON knows it. Every scalar is text: in a policy, a
// Version that YAML takes for a date is none.
func plainValue(n *yaml.Node) (value any, ok bool) {
	switch n.Kind {
	case yaml.ScalarNode:
		return n.Value, true
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, item := range n.Content {
			if out[i], ok = plainValue(item); !ok {
				return nil, false
			}
		}
		return out, true
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if out[n.Content[i].Value], ok = plainValue(n.Content[i+1]); !ok {
				return nil, false
			}
		}
		return out, true
	}
	return nil, false // an alias: no policy is written so
}
