package registry

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

//go:embed data.zip
var archive []byte

// table is an archive of types. What it has unpacked it keeps.
type table struct {
	raw        []byte
	files      func() (map[string]*zip.File, error)
	index      func() (*index, error)
	namespaces sync.Map // by name: func() (*namespace, error)
	types      sync.Map // by typeKey: func() (*Type, error)
}

var embedded = newTable(archive)

func newTable(raw []byte) *table {
	t := &table{raw: raw}
	t.files = sync.OnceValues(t.readDirectory)
	t.index = sync.OnceValues(t.readIndex)
	return t
}

func (t *table) readDirectory() (map[string]*zip.File, error) {
	r, err := zip.NewReader(bytes.NewReader(t.raw), int64(len(t.raw)))
	if err != nil {
		return nil, fmt.Errorf("read the embedded resource types: %w", err)
	}
	files := make(map[string]*zip.File, len(r.File))
	for _, f := range r.File {
		files[f.Name] = f
	}
	return files, nil
}

// mostText is far above the largest entry.
const mostText = 16 << 20

// read unpacks one entry; ok is false when there is none of that name.
func (t *table) read(name string) (text string, ok bool, err error) {
	files, err := t.files()
	if err != nil {
		return "", false, err
	}
	f, ok := files[name]
	if !ok {
		return "", false, nil
	}
	r, err := f.Open()
	if err != nil {
		return "", true, fmt.Errorf("read the embedded resource types of %s: %w", name, err)
	}
	defer r.Close()
	var b strings.Builder
	b.Grow(int(min(f.UncompressedSize64, mostText)))
	if _, err := io.Copy(&b, io.LimitReader(r, mostText)); err != nil {
		return "", true, fmt.Errorf("read the embedded resource types of %s: %w", name, err)
	}
	return b.String(), true, nil
}

// Provenance says where the data comes from.
func Provenance() (string, error) {
	text, _, err := embedded.read("provenance")
	return text, err
}
