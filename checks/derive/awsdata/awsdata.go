// Package awsdata holds what AWS publishes about permissions: the actions of
// every service with their resource types and condition keys, and what the
// handlers of every CloudFormation type call.
//
// It owns the embedded tables and how they are read. It reaches no network and
// judges nothing. Only the services and types that are asked for are unpacked.
package awsdata

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"
)

//go:embed data.zip
var archive []byte

//go:embed overlay.txt
var overlayText string

//go:embed aliases.txt
var aliasText string

// Tables gives access to the data. It keeps what it unpacked, and must not be
// used by several goroutines at once.
type Tables struct {
	files    map[string]*zip.File
	services map[string]*Service
	names    map[string]string              // of the actions, by prefix
	types    map[string]map[string]handlers // by namespace and last name
	overlay  map[string]overlay
	aliases  map[string]string
	keys     map[string][]PropertyKey
}

// Open reads the index of the embedded tables.
func Open() (*Tables, error) {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, fmt.Errorf("read the embedded permissions: %w", err)
	}
	t := &Tables{
		files: make(map[string]*zip.File, len(r.File)), services: map[string]*Service{}, names: map[string]string{},
		types: map[string]map[string]handlers{}, aliases: map[string]string{},
	}
	for _, f := range r.File {
		t.files[f.Name] = f
	}
	for line := range strings.Lines(aliasText) {
		if from, to, ok := strings.Cut(strings.TrimSpace(line), " "); ok && from != "#" {
			t.aliases[strings.ToLower(from)] = to
		}
	}
	t.overlay, err = parseOverlay(overlayText)
	return t, err
}

// Alias is the action that a name stands for which is none itself.
func (t *Tables) Alias(name string) (string, bool) {
	to, ok := t.aliases[strings.ToLower(name)]
	return to, ok
}

// Provenance says where the data comes from, one source a line.
func (t *Tables) Provenance() (string, error) {
	text, _, err := t.read("provenance")
	return text, err
}

func (t *Tables) read(name string) (text string, exists bool, err error) {
	f := t.files[name]
	if f == nil {
		return "", false, nil
	}
	r, err := f.Open()
	if err != nil {
		return "", true, fmt.Errorf("read the embedded %s: %w", name, err)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return "", true, fmt.Errorf("read the embedded %s: %w", name, err)
	}
	return string(raw), true, r.Close()
}
