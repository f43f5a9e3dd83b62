package main

import (
	"archive/zip"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/bits"
	"os"
	"reflect"
	"slices"
	"strings"
)

func onesCount(set uint64) int { return bits.OnesCount64(set) }

// writeArchive writes an entry a service namespace, and the index.
//
// The index has a line with the regions, in the order of the bits of a set, and
// a line a type: its name and the set of the regions that have it. An entry has
// a line a definition that several types share ("=Name"), a line a type, and
// below that a line for each other form that regions have of it, beginning with
// a tab and the set of those regions.
func writeArchive(out string, s *source, types []resourceType) error {
	files := map[string]string{"provenance": fmt.Sprintf("resource provider schemas: cfn-lint %s (MIT-0)\n", s.version)}
	var index strings.Builder
	index.WriteString(strings.Join(s.regions, " ") + "\n")
	byNamespace := map[string][]resourceType{}
	for _, t := range types {
		fmt.Fprintf(&index, "%s\t%x\n", t.name, t.regions)
		namespace := t.name[:strings.LastIndex(t.name, "::")]
		byNamespace[namespace] = append(byNamespace[namespace], t)
	}
	files["index"] = index.String()
	for namespace, types := range byNamespace {
		text, err := entry(types)
		if err != nil {
			return err
		}
		files[namespace] = text
	}
	return writeZip(out, files)
}

func entry(types []resourceType) (string, error) {
	var b strings.Builder
	shared := takeShared(types)
	for _, name := range slices.Sorted(maps.Keys(shared)) {
		if err := line(&b, "="+name, shared[name]); err != nil {
			return "", err
		}
	}
	for _, t := range types {
		if err := line(&b, t.name[strings.LastIndex(t.name, "::")+2:], t.base); err != nil {
			return "", err
		}
		for _, v := range t.variants {
			if err := line(&b, fmt.Sprintf("\t%x", v.regions), v.schema); err != nil {
				return "", err
			}
		}
	}
	return b.String(), nil
}

func line(b *strings.Builder, head string, value any) error {
	b.WriteString(head + "\t")
	e := json.NewEncoder(b) // ends with a line feed
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// takeShared moves definitions that at least two types have alike out of the
// types.
func takeShared(types []resourceType) map[string]any {
	count := map[string]map[string]int{}
	for _, t := range types {
		for name, d := range definitions(t) {
			text, _ := json.Marshal(d)
			if count[name] == nil {
				count[name] = map[string]int{}
			}
			count[name][string(text)]++
		}
	}
	shared := map[string]any{}
	for _, t := range types {
		for name, d := range definitions(t) {
			text, _ := json.Marshal(d)
			if _, done := shared[name]; !done && count[name][string(text)] > 1 && mostCommon(count[name]) == string(text) {
				shared[name] = d
			}
		}
	}
	for _, t := range types {
		for name, d := range definitions(t) {
			if s, ok := shared[name]; ok && reflect.DeepEqual(s, d) {
				delete(definitions(t), name)
			}
		}
		if d := definitions(t); d != nil && len(d) == 0 {
			delete(t.base, "definitions")
		}
	}
	return shared
}

func definitions(t resourceType) map[string]any {
	d, _ := t.base["definitions"].(map[string]any)
	return d
}

func mostCommon(count map[string]int) string {
	best := ""
	for _, text := range slices.Sorted(maps.Keys(count)) {
		if best == "" || count[text] > count[best] {
			best = text
		}
	}
	return best
}

func writeZip(out string, files map[string]string) error {
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	w := zip.NewWriter(f)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestCompression)
	})
	for _, name := range slices.Sorted(maps.Keys(files)) {
		e, err := w.Create(name)
		if err != nil {
			return err
		}
		if _, err := e.Write([]byte(files[name])); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Close()
}
