// Command gen writes the compact table of resource types that package
// chinatypes embeds. It reads one JSON file of type lists and writes one
// gzip file; the same input gives the same bytes.
//
//	go run ./checks/chinatypes/gen china-types.json checks/chinatypes/types.txt.gz
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"slices"
)

type lists struct {
	Source         string   `json:"source"`
	Beijing        []string `json:"cn-north-1"`
	Ningxia        []string `json:"cn-northwest-1"`
	MissingBeijing []string `json:"missing_in_cn-north-1"`
	MissingNingxia []string `json:"missing_in_cn-northwest-1"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("two arguments are needed: the JSON of type lists and the file to write")
	}
	text, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	var in lists
	if err := json.Unmarshal(text, &in); err != nil {
		return fmt.Errorf("read %s: %w", args[0], err)
	}
	packed, err := pack(render(in))
	if err != nil {
		return err
	}
	return os.WriteFile(args[1], packed, 0o644)
}

// render writes the provenance on the first line and then one type a line, as
// a digit and the name: bit 0 is Beijing, bit 1 Ningxia, 0 is neither.
func render(in lists) []byte {
	flags := map[string]int{}
	for _, name := range slices.Concat(in.MissingBeijing, in.MissingNingxia) {
		flags[name] |= 0
	}
	for _, name := range in.Beijing {
		flags[name] |= 1
	}
	for _, name := range in.Ningxia {
		flags[name] |= 2
	}
	names := make([]string, 0, len(flags))
	for name := range flags {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", in.Source)
	for _, name := range names {
		fmt.Fprintf(&b, "%d%s\n", flags[name], name)
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
