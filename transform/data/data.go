// Package data holds what the schemas of the China regions require of each
// resource type. It is a table and nothing else.
package data

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

//go:embed required.txt.gz
var packed []byte

// Contract is what a resource type requires. Required maps a path below the
// properties ("" is their top, * any list item) to the names that must be
// there; IDs are the properties that make up the primary identifier and can be
// written.
type Contract struct {
	IDs      []string
	Required map[string][]string
}

type table struct {
	source string
	blocks map[string]string
	err    error
}

var load = sync.OnceValue(func() table {
	t := table{blocks: map[string]string{}}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return table{err: fmt.Errorf("read the embedded table of required properties: %w", err)}
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return table{err: fmt.Errorf("read the embedded table of required properties: %w", err)}
	}
	rest := string(text)
	first, rest, _ := strings.Cut(rest, "\n")
	t.source = strings.TrimPrefix(first, "# ")
	name, start := "", 0
	for at := 0; at < len(rest); {
		end := at + strings.IndexByte(rest[at:], '\n') + 1
		if rest[at] != '\t' {
			if name != "" {
				t.blocks[name] = rest[start:at]
			}
			name, _, _ = strings.Cut(rest[at:end-1], " ")
			start = at
		}
		at = end
	}
	t.blocks[name] = rest[start:]
	return t
})

// Source says where the table was read from; Err whether it could be read.
func Source() string { return load().source }

// Err is why the embedded table cannot be read, nil in any sound build.
func Err() error { return load().err }

// Of is the contract of a type. ok is false for a type without a schema.
func Of(typ string) (c Contract, ok bool) {
	block, ok := load().blocks[typ]
	if !ok {
		return Contract{}, false
	}
	c.Required = map[string][]string{}
	for line := range strings.Lines(block) {
		line = strings.TrimSuffix(line, "\n")
		if path, found := strings.CutPrefix(line, "\t"); found {
			path, names, _ := strings.Cut(path, " ")
			c.Required[path] = strings.Fields(names)
		} else {
			c.IDs = strings.Fields(line)[1:]
		}
	}
	return c, true
}
