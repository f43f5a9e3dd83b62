// Command gen writes the compact table of required properties that package
// data embeds. It reads one gzipped JSON file; the same input gives the same
// bytes.
//
//	go run ./transform/data/gen china-required-paths.json.gz transform/data/required.txt.gz
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

const source = "required properties and writable primary identifiers, from the China region schemas of cfn-lint 1.51.0"

type contract struct {
	ID  []string            `json:"id"`
	Req map[string][]string `json:"req"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("two arguments are needed: the gzipped JSON of required paths and the file to write")
	}
	in, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer in.Close()
	unpacked, err := gzip.NewReader(in)
	if err != nil {
		return fmt.Errorf("read %s: %w", args[0], err)
	}
	var contracts map[string]contract
	if err := json.NewDecoder(unpacked).Decode(&contracts); err != nil {
		return fmt.Errorf("read %s: %w", args[0], err)
	}
	packed, err := pack(render(contracts))
	if err != nil {
		return err
	}
	return os.WriteFile(args[1], packed, 0o644)
}

// render writes a block of lines a type: its name and identifiers, then one
// line a path with what is required there.
func render(contracts map[string]contract) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", source)
	for _, name := range slices.Sorted(maps.Keys(contracts)) {
		c := contracts[name]
		fmt.Fprintf(&b, "%s %s\n", name, strings.Join(c.ID, " "))
		for _, path := range slices.Sorted(maps.Keys(c.Req)) {
			fmt.Fprintf(&b, "\t%s %s\n", path, strings.Join(c.Req[path], " "))
		}
	}
	return b.Bytes()
}

func pack(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
